using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Net.Linux;

/// <summary>Who has a port: a socket that listens (TCP) or is bound (UDP), and the process it is open in.</summary>
/// <param name="Address">The local address it is bound to.</param>
/// <param name="ProcessId">A process that has it open; null when none can be seen (another user's, another PID namespace, the kernel's
/// own).</param>
/// <param name="ProcessName">That process's name (comm, at most 15 bytes); null as above.</param>
public sealed record PortHolder(IPAddress Address, int? ProcessId, string? ProcessName)
{
    /// <summary>Finds who has a port; null when nobody has. Best effort, for messages: what it finds may be gone the next moment.</summary>
    /// <param name="protocol">Tcp or Udp.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="address">Only a holder that is in the way of this address (the same, or a wildcard, or this is one); null for
    /// any.</param>
    /// <param name="target">The network namespace; null for that of the calling thread.</param>
    /// <remarks>Reads /proc/thread-self/net (/proc/net would be that of the first thread), then the descriptors of each process: some
    /// milliseconds. Source: proc(5).</remarks>
    public static PortHolder? Find(ProtocolType protocol, int port, IPAddress? address = null, NetworkNamespace? target = null)
    {
        List<PortTableEntry> entries = target is null ? ReadTables(protocol) : target.Run(() => ReadTables(protocol));

        // A socket of the other family is in the way only if it takes both, and the table does not tell: one of the same family is the
        // surer culprit.
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
                // Without IPv6 there is no such file.
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
            return false; // not ours to see, or gone meanwhile
        }
    }

    private static string? ReadName(int processId)
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
