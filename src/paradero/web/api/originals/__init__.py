"""The casefile, its originals, figures and definitions: questions answered as JSON."""
