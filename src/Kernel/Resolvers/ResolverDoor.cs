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
    /// <summary>The address a sandbox asks.</summary>
    public static readonly IPAddress Address = IPAddress.Parse("127.0.0.11");

    /// <summary>Begins to answer on the resolver's port, and on no other.</summary>
    /// <returns>False when it was so already.</returns>
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

    /// <summary>Ends answering. Nothing happens when it is closed.</summary>
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
