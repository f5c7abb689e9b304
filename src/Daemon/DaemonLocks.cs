using System.Globalization;
using System.Net.Sockets;

namespace Net.Daemon;

/// <summary>
/// Prevents a second daemon on the same directories or in the same network namespace. The kernel holds both kinds of lock and releases them
/// when the process ends, for whatever reason.
/// </summary>
internal sealed class DaemonLocks : IDisposable
{
    private const string PidFile = "netctl.pid";

    // An abstract Unix address belongs to a network namespace (unix(7)). The socket is bound and never listens, so nobody can connect to
    // it.
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

    /// <summary>Takes the locks and writes the process id file.</summary>
    /// <exception cref="DaemonStartException">Another daemon uses a directory or the namespace, or a directory cannot be
    /// written.</exception>
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
            throw new DaemonStartException(
                $"{root} belongs to a daemon that is running already; stop that one, or give this one another {flag}");
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
            throw new DaemonStartException(
                "another netctl daemon runs in this network namespace; stop it, or start this one in a namespace of its own");
        }
    }
}
