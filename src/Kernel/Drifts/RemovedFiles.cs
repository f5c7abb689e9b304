using System.Runtime.InteropServices;
using Net.Linux;
using Net.Linux.Descriptors;

namespace Net.Kernel.Drifts;

/// <summary>Tells when files of sandboxes are removed: inotify(7), by <see cref="FileSystemWatcher"/>.</summary>
internal sealed class RemovedFiles : IDisposable
{
    private readonly string _directory;
    private readonly FileSystemWatcher _watcher;
    private readonly PipePair _wake;
    private readonly Lock _gate = new();
    private HashSet<string> _owners = [];
    private bool _isDisposed;

    /// <summary>Begins to watch.</summary>
    /// <param name="directory">The folder that has one with the files of each sandbox; made when it is missing.</param>
    /// <exception cref="LinuxException">No descriptors are left.</exception>
    public RemovedFiles(string directory)
    {
        _directory = Directory.CreateDirectory(directory).FullName;
        _wake = PipePair.Create();
        _watcher = new FileSystemWatcher(_directory)
        {
            IncludeSubdirectories = true,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName,
        };
        _watcher.Deleted += (_, file) => Note(Path.GetRelativePath(_directory, file.FullPath).Split('/')[0]);
        _watcher.Error += (_, _) => Note(DriftSuspects.Host); // events were lost
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>Readable while there is something to take.</summary>
    public SafeHandle Handle => _wake.Reader;

    /// <summary>Takes the sandboxes of which files were removed, by their ids; <see cref="DriftSuspects.Host"/> when it may be
    /// any.</summary>
    public IReadOnlySet<string> Take()
    {
        lock (_gate)
        {
            HashSet<string> owners = _owners;
            _owners = [];
            Descriptor.Read(_wake.Reader, new byte[1], out _);
            return owners;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watcher.Dispose();
        lock (_gate)
        {
            _isDisposed = true;
            _wake.Writer.Dispose();
            _wake.Reader.Dispose();
        }
    }

    // The pipe has one byte while there are any.
    private void Note(string owner)
    {
        lock (_gate)
        {
            bool isFirst = _owners.Count == 0;
            if (!_isDisposed && _owners.Add(owner) && isFirst)
            {
                Descriptor.Write(_wake.Writer, [1], out _);
            }
        }
    }
}
