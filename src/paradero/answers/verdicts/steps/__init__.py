"""Why each question about a verdict has its answer: in sentences, with the bounds and who says them."""
