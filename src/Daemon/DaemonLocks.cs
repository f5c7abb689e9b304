using System.Globalization;
using System.Net.Sockets;

namespace Net.Daemon;

/// <summary>
/// Keeps a second daemon off the same roots and out of the same network namespace. Both kinds of lock are the kernel's, so that they end with the
/// process, however it ends.
/// </summary>
internal sealed class DaemonLocks : IDisposable
{
    private const string PidFile = "netctl.pid";

    // An abstract Unix address belongs to a network namespace (unix(7)). It is bound and never listened on, so nobody can connect to it.
    private const string NamespaceLock = "\0netctl-daemon";

    private readonly FileStream _execRoot;
    private readonly FileStream _dataRoot;
    private readonly Socket _namespace;

    private DaemonLocks(FileStream execRoot, FileStream dataRoot, Socket networkNamespace)
    {
        _execRoot = execRoot;
        _dataRoot = dataRoot;
        _namespace = networkNamespace;
    }

    /// <exception cref="DaemonStartException">A root or the namespace is another daemon's, or a root cannot be written.</exception>
    public static DaemonLocks Take(DaemonOptions options)
    {
        FileStream execRoot = LockRoot(options.ExecRoot, "--exec-root");
        FileStream? dataRoot = null;
        try
        {
            dataRoot = LockRoot(options.DataRoot, "--data-root");
            var locks = new DaemonLocks(execRoot, dataRoot, LockNamespace());
            locks.WritePid();
            return locks;
        }
        catch
        {
            dataRoot?.Dispose();
            execRoot.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _execRoot.SetLength(0);
        _execRoot.Dispose();
        _dataRoot.Dispose();
        _namespace.Dispose();
    }

    private void WritePid()
    {
        _execRoot.SetLength(0);
        using var writer = new StreamWriter(_execRoot, leaveOpen: true);
        writer.WriteLine(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
    }

    private static FileStream LockRoot(string root, string flag)
    {
        string path = Path.Combine(root, PidFile);
        try
        {
            Directory.CreateDirectory(root);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException)
        {
            throw new DaemonStartException($"cannot write {root}: permission denied; run the daemon as root, or give it another {flag}");
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new DaemonStartException($"{root} belongs to a daemon that is running already; stop that one, or give this one another {flag}");
        }
        catch (IOException error)
        {
            throw new DaemonStartException($"cannot use {root}: {error.Message}; give the daemon another {flag}");
        }
    }

    private static Socket LockNamespace()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(NamespaceLock));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw new DaemonStartException("another netctl daemon runs in this network namespace; stop it, or start this one in a namespace of its own");
        }
    }
}
