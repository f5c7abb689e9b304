using System.Net;

namespace Net.Linux;

/// <summary>A socket in /proc/net/tcp and the like.</summary>
internal readonly record struct PortTableEntry(IPAddress Address, int Port, ulong Inode);
