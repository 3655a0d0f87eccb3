"""The product team's room: is this offer right, what does it say, start one, sell one."""
