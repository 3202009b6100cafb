"""What a render child may not do."""
