using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Net.Linux;

/// <summary>The holder of a port: a socket that listens (TCP) or is bound (UDP), and the process that has it open.</summary>
/// <param name="Address">The local address that the socket is bound to.</param>
/// <param name="ProcessId">The ID of a process that has the socket open; null when none is visible: it belongs to another user or another
/// PID namespace, or the socket is the kernel's own.</param>
/// <param name="ProcessName">The name of that process (comm, at most 15 bytes); null when no process is visible or its name cannot be
/// read.</param>
public sealed record PortHolder(IPAddress Address, int? ProcessId, string? ProcessName)
{
    /// <summary>Finds the holder of a port; null when no socket has it. The result is for error messages: the holder may close the socket
    /// at any moment.</summary>
    /// <param name="protocol">The protocol: Tcp or Udp.</param>
    /// <param name="port">The port, 1 to 65535.</param>
    /// <param name="address">Restricts the search to sockets that conflict with this address: bound to the same address or to a wildcard,
    /// or to any address when this is a wildcard. Null finds any holder of the port.</param>
    /// <param name="target">The network namespace; null means that of the calling thread.</param>
    /// <remarks>Reads the tables of /proc/thread-self/net (/proc/net would be that of the main thread), then the descriptors of every
    /// process, which takes some milliseconds. Source: proc_pid_net(5), proc_pid_fd(5).</remarks>
    public static PortHolder? Find(ProtocolType protocol, int port, IPAddress? address = null, NetworkNamespace? target = null)
    {
        List<PortTableEntry> entries = target is null ? ReadTables(protocol) : target.Run(() => ReadTables(protocol));

        // A socket of the other address family conflicts only if it is a dual-stack one, which the table does not show. So sockets of the
        // same family are considered first.
        foreach (PortTableEntry entry
            in entries.OrderBy(entry => address is not null && entry.Address.AddressFamily != address.AddressFamily))
        {
            if (entry.Port == port && InTheWay(entry.Address, address))
            {
                int? process = FindProcess(entry.Inode);
                return new PortHolder(entry.Address, process, process is { } id ? ReadName(id) : null);
            }
        }

        return null;
    }

    private static List<PortTableEntry> ReadTables(ProtocolType protocol)
    {
        string name = protocol == ProtocolType.Tcp ? "tcp" : "udp";
        var entries = new List<PortTableEntry>();
        foreach (string file in (string[])[name, name + "6"])
        {
            try
            {
                entries.AddRange(PortTable.Parse(File.ReadLines($"/proc/thread-self/net/{file}"), protocol == ProtocolType.Tcp));
            }
            catch (IOException)
            {
                // A kernel without IPv6 does not have the table tcp6 or udp6.
            }
        }

        return entries;
    }

    private static bool InTheWay(IPAddress held, IPAddress? wanted) =>
        wanted is null || held.Equals(wanted) || IsWildcard(held) || IsWildcard(wanted);

    private static bool IsWildcard(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static int? FindProcess(ulong inode)
    {
        string wanted = $"socket:[{inode.ToString(CultureInfo.InvariantCulture)}]";
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && HasOpen(directory, wanted))
            {
                return id;
            }
        }

        return null;
    }

    private static bool HasOpen(string processDirectory, string wanted)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(processDirectory, "fd"))
                .Any(file => new FileInfo(file).LinkTarget == wanted);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // this process may not read the directory, or the other process has ended
        }
    }

    /// <summary>The name of a process (comm); null when it has ended or may not be read.</summary>
    internal static string? ReadName(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/comm").TrimEnd('\n');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
