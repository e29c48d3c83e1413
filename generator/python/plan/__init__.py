"""What is written: the contract between deciding and writing."""
