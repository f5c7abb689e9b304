using System.Collections.Concurrent;

using Net.Cnm.Identifiers;

namespace Net.Shims.Logs;

/// <summary>The folders of logs, and the readers that this process has open: when a log is removed, they still read it to its
/// end.</summary>
/// <param name="directory">The folder that has a folder for each sandbox.</param>
internal sealed class LogReaders(string directory)
{
    private readonly ConcurrentDictionary<LogReader, SandboxId> _open = new();

    /// <summary>The folder of a sandbox's log.</summary>
    internal string DirectoryOf(SandboxId sandbox) => Path.Combine(directory, sandbox.Value);

    /// <summary>Opens a log.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="start">As for <see cref="LogReader"/>.</param>
    internal LogReader Open(SandboxId sandbox, long start)
    {
        var reader = new LogReader(DirectoryOf(sandbox), start, closed => _open.TryRemove(closed, out _));
        _open[reader] = sandbox;
        return reader;
    }

    /// <summary>Has the readers of a sandbox's log open all its files.</summary>
    internal void OpenRest(SandboxId sandbox)
    {
        foreach ((LogReader reader, SandboxId of) in _open)
        {
            if (of == sandbox)
            {
                reader.OpenRest();
            }
        }
    }

    /// <summary>Removes a log.</summary>
    internal void Remove(SandboxId sandbox)
    {
        OpenRest(sandbox);
        string log = DirectoryOf(sandbox);
        if (Directory.Exists(log))
        {
            Directory.Delete(log, recursive: true);
        }
    }
}
