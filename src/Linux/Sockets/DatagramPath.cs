using System.Net;

namespace Net.Linux.Sockets;

/// <summary>Which way a datagram came, and so which way its answer goes.</summary>
/// <param name="Peer">The other side's address.</param>
/// <param name="PeerPort">The other side's port.</param>
/// <param name="Local">The address of ours that it was sent to.</param>
public readonly record struct DatagramPath(IPAddress Peer, ushort PeerPort, IPAddress Local);
