"""From a track to its legs: cleaned, cut, each end and each gap with bounds."""
