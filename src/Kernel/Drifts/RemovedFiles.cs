using System.Runtime.InteropServices;
using Net.Linux.Descriptors;

namespace Net.Kernel.Drifts;

/// <summary>Tells when files of sandboxes are removed: inotify(7), by <see cref="FileSystemWatcher"/>.</summary>
internal sealed class RemovedFiles : IDisposable
{
    private readonly string _directory;
    private readonly FileSystemWatcher _watcher;
    private readonly PipePair _wake;
    private readonly Lock _gate = new();
    private Action<string>? _problem;
    private HashSet<string> _removed = [];
    private bool _isDisposed;

    /// <summary>Begins to watch.</summary>
    /// <param name="directory">The folder that has one with the files of each sandbox; made when it is missing.</param>
    /// <param name="problem">Told once why some files are not watched, when the kernel has no more watches
    /// (fs.inotify.max_user_watches).</param>
    /// <exception cref="IOException">No descriptors are left, or no more instances (fs.inotify.max_user_instances).</exception>
    public RemovedFiles(string directory, Action<string> problem)
    {
        _problem = problem;
        _directory = Directory.CreateDirectory(directory).FullName;
        _wake = PipePair.Create();
        _watcher = new FileSystemWatcher(_directory)
        {
            IncludeSubdirectories = true,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName,
        };
        _watcher.Deleted += (_, file) => Note(Path.GetRelativePath(_directory, file.FullPath));
        _watcher.Error += (_, error) => OnError(error.GetException());
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>Readable while there is something to take.</summary>
    public SafeHandle Handle => _wake.Reader;

    /// <summary>Takes the files that were removed, as <c>ID/NAME</c> with the sandbox's id; <see cref="DriftSuspects.Host"/> when it may be
    /// any.</summary>
    public IReadOnlySet<string> Take()
    {
        lock (_gate)
        {
            HashSet<string> removed = _removed;
            _removed = [];
            Descriptor.Read(_wake.Reader, new byte[1], out _);
            return removed;
        }
    }

    /// <summary>The sandboxes of those files that are not there again, by their ids.</summary>
    public IEnumerable<string> OwnersOf(IEnumerable<string> removed) =>
        removed.Where(file => !Path.Exists(Path.Combine(_directory, file))).Select(file => file.Split('/')[0]).Distinct();

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

    private void OnError(Exception error)
    {
        if (error is InternalBufferOverflowException)
        {
            Note(DriftSuspects.Host); // events were lost
        }
        else if (Interlocked.Exchange(ref _problem, null) is { } tell)
        {
            tell(error.Message);
        }
    }

    // The pipe has one byte while there are any.
    private void Note(string file)
    {
        lock (_gate)
        {
            bool isFirst = _removed.Count == 0;
            if (!_isDisposed && _removed.Add(file) && isFirst)
            {
                Descriptor.Write(_wake.Writer, [1], out _);
            }
        }
    }
}
