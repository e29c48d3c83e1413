"""From finished text to the disk: all or nothing, and never over anything that isn't ours."""
