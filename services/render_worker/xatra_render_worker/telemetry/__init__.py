"""What a render worker tells about its renders and itself."""
