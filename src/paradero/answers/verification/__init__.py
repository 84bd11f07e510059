"""Whether a casefile is what it says it is: bytes, tables, verdicts and answers, worked out again."""
