using System.Net;
using System.Net.Sockets;
using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Kernel.Sessions;
using Net.Linux;

namespace Net.Kernel.Resolvers;

/// <summary>Opens and closes a sandbox's resolver: two sockets in its namespace, and the rewrite that leads port 53 to them.</summary>
internal sealed class ResolverDoor(IResolverSockets sockets, IResolverRewrite rewrite, ResolverTable table)
{
    /// <summary>The address that a sandbox sends its queries to.</summary>
    public static readonly IPAddress Address = IPAddress.Parse("127.0.0.11");

    /// <summary>Opens the sockets on the resolver's port, in place of those on another port, and installs the rewrite.</summary>
    /// <returns>False when the sockets were open already.</returns>
    /// <exception cref="LinuxException">The port is taken in there, or the namespace is gone. Nothing was changed.</exception>
    public bool Open(KernelSession session, ResolverListener resolver)
    {
        bool fresh = sockets.PortOf(resolver.Sandbox) != resolver.Port;
        if (fresh)
        {
            var address = new IPEndPoint(Address, resolver.Port);
            NetworkNamespace inside = session.Namespace(resolver.Namespace);
            Socket udp = NamespaceSockets.BindUdp(address, inside);
            try
            {
                Socket tcp = NamespaceSockets.ListenTcp(address, target: inside);
                sockets.Remove(resolver.Sandbox);
                sockets.Add(resolver.Sandbox, udp, tcp);
            }
            catch (LinuxException)
            {
                udp.Dispose();
                throw;
            }

            table.Add(resolver);
        }

        try
        {
            rewrite.Install(resolver.Namespace, resolver.Port);
            return fresh;
        }
        catch when (fresh)
        {
            Close(resolver, withRewrite: false);
            throw;
        }
    }

    /// <summary>Closes the sockets. Nothing happens when they are closed already.</summary>
    public void Close(ResolverListener resolver, bool withRewrite)
    {
        sockets.Remove(resolver.Sandbox);
        table.Remove(resolver);
        if (withRewrite)
        {
            rewrite.Remove(resolver.Namespace);
        }
    }
}
