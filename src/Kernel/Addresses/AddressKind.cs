using System.Net;
using System.Net.Sockets;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Kernel.Links;
using Net.Kernel.Observations;
using Net.Kernel.Steps;
using Net.Netlink.Addresses;
using Errno = Net.Linux.Errno;

namespace Net.Kernel.Addresses;

/// <summary>Addresses on links, in the daemon's namespace and in sandboxes.</summary>
internal sealed class AddressKind : ObjectKind<LinkAddress>
{
    private const string Leftover = "address";

    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(LinkAddress desired)
    {
        InterfaceAddress address = desired.Address;
        byte prefix = (byte)address.PrefixLength;
        return
        [
            new NetlinkStep(ApplyPhase.Addresses, desired, () => Command(desired))
            {
                Namespace = desired.Namespace,
                Link = desired.Link,
                Request = (_, link) => AddressRequests.Add(
                    link,
                    address.Address,
                    prefix,
                    address.IsIPv6 ? AddressFlags.NoDuplicateDetection : AddressFlags.None,
                    Broadcast(address),
                    protocol: desired.LinkIsAdopted ? AddressMark.Protocol : null),
                Inverse = (_, link) => AddressRequests.Delete(link, address.Address, prefix),
                OnRefusal = static (_, refusal) => refusal.Errno == Errno.Exists ? false : null, // the link has this address already
            },
        ];
    }

    /// <inheritdoc/>
    protected override IEnumerable<Step> Correct(LinkAddress desired) => [.. Add(desired), SubnetRoute.Step(desired)];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(LinkAddress desired, RemovalScope scope)
    {
        bool isBuried = scope.Buries(desired.Namespace, desired.Link);
        if (scope.Takes(desired.Namespace, desired.Link) && !(isBuried && !desired.Address.IsIPv6))
        {
            return []; // IPv6 addresses go when the link goes down
        }

        // The host loses its route to a subnet with its address, so that this comes after the connections were forgotten.
        ApplyPhase phase = desired.Namespace.IsHost ? ApplyPhase.RemovedBridges : ApplyPhase.Addresses;
        InterfaceAddress address = desired.Address;
        string Command() => isBuried ? "" : $"{IpCommand.In(desired.Namespace)} addr del {address} dev {desired.Link}";
        return
        [
            new NetlinkStep(phase, desired, Command)
            {
                Namespace = desired.Namespace,
                Link = desired.Link,
                Request = (_, link) => AddressRequests.Delete(link, address.Address, (byte)address.PrefixLength),
            },
        ];
    }

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<LinkAddress> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        HashSet<(string Link, InterfaceAddress Address)> wanted = [];
        foreach (LinkAddress address in desired)
        {
            if (address.Namespace.IsHost)
            {
                wanted.Add((address.Link, address.Address));
            }

            ObservedNamespace? seen = kernel.Of(address.Namespace);
            if (seen?.Link(address.Link) is not { } link)
            {
                difference.Missing(address);
            }
            else if (seen.Addresses.Any(found => found.Header.LinkIndex == link.Index && Same(found, address.Address)))
            {
                difference.Different(address, SubnetRoute.IsMissing(address, link, seen) ? ["its subnet has no route"] : []);
            }
            else if (!(address.Address.IsIPv6 && seen.IsSetDown(address.Link)))
            {
                difference.Missing(address); // the kernel takes IPv6 addresses off a link that is set down
            }
        }

        // Leftovers are looked for in the daemon's namespace only: in its sandbox, a container may give itself addresses.
        foreach (AddressMessage found in kernel.Host.Addresses)
        {
            if (kernel.Host.Link(found.Header.LinkIndex) is { } link
                && (LinkMark.IsOurs(link) || AddressMark.IsOurs(found))
                && found.OwnAddress is { IsIPv6LinkLocal: false } own
                && new InterfaceAddress(own, found.Header.PrefixLength) is var address
                && !wanted.Contains((link.Name!, address)))
            {
                var removable = new LinkAddress
                {
                    Owner = new OwnerId(OwnerKind.Network, LinkMark.IsOurs(link) ? link.Alias ?? "" : ""),
                    Namespace = NamespaceRef.Host,
                    Link = link.Name!,
                    Address = address,
                };
                difference.Leftover(new ObjectLeftover(Leftover, $"{own}/{found.Header.PrefixLength} dev {link.Name}", removable));
            }
        }
    }

    private static bool Same(AddressMessage found, InterfaceAddress address) =>
        found.Header.PrefixLength == address.PrefixLength && address.Address.Equals(found.OwnAddress);

    // As ip(8) does with "brd +"; a /31 or /32 has none (RFC 3021).
    private static IPAddress? Broadcast(InterfaceAddress address) =>
        address.Address.AddressFamily == AddressFamily.InterNetwork && address.PrefixLength < 31 ? Subnets.Last(address.Subnet) : null;

    private static string Command(LinkAddress desired)
    {
        string more = desired.Address.IsIPv6 ? " nodad" : Broadcast(desired.Address) is { } broadcast ? $" broadcast {broadcast}" : "";
        return $"{IpCommand.In(desired.Namespace)} addr add {desired.Address}{(desired.Address.IsIPv6 ? "" : more)} dev " +
            $"{desired.Link}{(desired.Address.IsIPv6 ? more : "")}";
    }
}
