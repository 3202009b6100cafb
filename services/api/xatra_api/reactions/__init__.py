"""What readers think of works: votes, and who has looked at them."""
