namespace Net.Shims.Wire;

/// <summary>Where a command's output goes.</summary>
/// <param name="Directory">The folder of the log, which exists.</param>
/// <param name="MaximumSize">The size in bytes at which the next file is begun.</param>
/// <param name="MaximumFiles">The number of files that are kept.</param>
/// <param name="AwaitsReader">Whether a reader attaches soon, whose pace the command keeps from its start.</param>
internal sealed record LogRequest(string Directory, long MaximumSize, int MaximumFiles, bool AwaitsReader);
