"""What somebody finds on arriving: what needs them now, and the figures of their role."""
