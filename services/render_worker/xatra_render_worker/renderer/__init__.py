"""What happens inside the warm parent and its one-shot children: the map library, made fast, honest and offline."""
