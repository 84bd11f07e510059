"""People by what rows show of them: a cohort with bounds, as a page and as a file."""
