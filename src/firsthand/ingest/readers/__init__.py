"""One reader a format: each takes a Piece and the Limits and yields reports and rejections."""
