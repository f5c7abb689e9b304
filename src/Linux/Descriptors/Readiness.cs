namespace Net.Linux.Descriptors;

/// <summary>A watched descriptor that is ready.</summary>
/// <param name="Token">What it was called when it was added to the <see cref="EpollSet"/>.</param>
/// <param name="Events">What it is ready for.</param>
public readonly record struct Readiness(long Token, PollEvents Events);
