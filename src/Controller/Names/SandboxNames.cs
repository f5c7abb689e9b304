using System.Net;
using System.Net.Sockets;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Controller.Models;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Controller.Names;

/// <summary>The names that one sandbox may see, straight from the live model: those on the user networks it is on itself.</summary>
internal sealed class SandboxNames(CnmModel model, SandboxId asker) : INameSource
{
    /// <inheritdoc/>
    public bool TryLookup(DnsName name, AddressFamily family, List<IPAddress> addresses)
    {
        ModelSnapshot snapshot = model.Latest;
        bool found = false;
        foreach (Endpoint own in snapshot.EndpointsOf(asker))
        {
            foreach (Endpoint endpoint in snapshot.Names.Find(own.Network, name) ?? [])
            {
                found = true;
                IPAddress? address = family switch
                {
                    AddressFamily.InterNetwork => endpoint.IPv4?.Address,
                    AddressFamily.InterNetworkV6 => endpoint.IPv6?.Address,
                    _ => null,
                };
                if (address is not null)
                {
                    addresses.Add(address);
                }
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public bool TryLookupPointer(DnsName reverseName, List<DnsName> names)
    {
        if (!ReverseName.TryGetAddress(reverseName, out IPAddress address))
        {
            return false;
        }

        ModelSnapshot snapshot = model.Latest;
        foreach (Endpoint own in snapshot.EndpointsOf(asker))
        {
            if (snapshot.Names.Find(own.Network, address) is { } found)
            {
                names.AddRange(found);
                return true;
            }
        }

        return false;
    }
}
