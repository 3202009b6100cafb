"""Small pictures of works, for lists of them."""
