"""Draws coded poses: stills of one step and posters of a whole routine."""
