namespace Net.Daemon;

/// <summary>Why the daemon cannot start, in one sentence with object, cause and remedy.</summary>
/// <param name="message">That sentence, without a full stop.</param>
public sealed class DaemonStartException(string message) : Exception(message);
