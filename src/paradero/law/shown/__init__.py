"""What is shown of each event under each form of term, and what is missing where that is open."""
