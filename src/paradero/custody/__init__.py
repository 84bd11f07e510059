"""From rows of detentions, arrests and removals to stints, stays, chains, ends, conflicts and headcounts."""
