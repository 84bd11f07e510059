"""The balance of people, counts with bounds under the equations between them."""
