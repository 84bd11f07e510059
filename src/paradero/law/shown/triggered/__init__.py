"""What is due, or forbidden, within a time after a trigger of each person's own."""
