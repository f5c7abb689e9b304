namespace Net.Kernel.Errors;

/// <summary>The cause of a conflict: a container has a device of its own with the name that a link of ours is to have in there.</summary>
internal sealed class LinkNameTakenException(string message) : Exception(message);
