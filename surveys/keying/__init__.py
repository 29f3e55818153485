"""Staff key in replies from paper, phone and meetings: same questions, same routes, nothing kept until sent."""
