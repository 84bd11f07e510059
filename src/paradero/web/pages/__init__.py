"""The pages of the site, a module each (`web.page_modules` says how one is written)."""
