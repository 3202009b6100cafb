"""Watches over the render queue: jobs whose worker vanished, and wake-ups that got lost."""
