"""What the records say of each person and stay, and the faults planted among them."""
