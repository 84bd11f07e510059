"""Pages outside of the site: a part in a frame of another page, the whole on paper."""
