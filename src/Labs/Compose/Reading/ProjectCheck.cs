using System.Net;
using Net.Api.Texts;
using Net.Labs.Compose.Models;
using Net.Labs.Compose.Running;
using Net.Labs.Yaml;

namespace Net.Labs.Compose.Reading;

/// <summary>Finds what contradicts itself in a project, before anything is made.</summary>
internal static class ProjectCheck
{
    /// <summary>Checks the services that are to be made.</summary>
    /// <param name="project">The project's name.</param>
    /// <param name="services">The services of the chosen profiles.</param>
    /// <param name="all">The names of all services of the files.</param>
    /// <param name="networks">The networks of the files.</param>
    /// <exception cref="FileFaultException">A name leads nowhere, or two services want the same.</exception>
    public static void Run(
        string project,
        IReadOnlyList<ComposeService> services,
        IReadOnlySet<string> all,
        IReadOnlyDictionary<string, ComposeNetwork> networks)
    {
        HashSet<string> present = [.. services.Select(service => service.Name)];
        foreach (ComposeService service in services)
        {
            CheckNames(service, present, all, networks);
            if (service is { ContainerName: not null, Scale: > 1 })
            {
                throw new FileFaultException(
                    service.Place, $"services.{service.Name}: {service.Scale} containers cannot have one name: leave out container_name");
            }
        }

        RefuseTwice(
            services.SelectMany(service => Enumerable.Range(1, service.Scale).Select(number => (Service: service, Number: number))),
            container => ComposeRequests.NameOf(project, container.Service, container.Number),
            (container, other, name) => Fault(
                container.Service.Place, container.Service, $"services.{other.Service.Name} has a container with the name \"{name}\" too"));
        IEnumerable<string> used = services.SelectMany(service => service.Networks).Select(network => network.Key);
        RefuseTwice(
            networks.Values.Where(network => used.Contains(network.Key)),
            network => network.Name,
            (network, other, name) => new FileFaultException(
                network.Place, $"networks.{network.Key}: networks.{other.Key} is the network \"{name}\" too: use one of the two"));
        foreach (ComposeNetwork network in networks.Values)
        {
            CheckAddresses(network, services);
        }

        CheckPorts(services);
        foreach (ComposeService service in services)
        {
            CheckLinks(service, services);
        }
    }

    private static void CheckLinks(ComposeService service, IReadOnlyList<ComposeService> services)
    {
        foreach (ServiceLink link in service.Mode is null ? service.Links : [])
        {
            ComposeService other = services.First(candidate => candidate.Name == link.Service);
            if (!other.Networks.Any(theirs => service.Networks.Any(own => own.Key == theirs.Key)))
            {
                throw Fault(
                    link.Place, service, $"it links to \"{link.Service}\", with which it has no network in common: put both on one");
            }
        }
    }

    private static void CheckNames(
        ComposeService service, HashSet<string> present, IReadOnlySet<string> all, IReadOnlyDictionary<string, ComposeNetwork> networks)
    {
        foreach ((string name, Place place) in ServiceOrder.NeededBy(service, present))
        {
            if (!present.Contains(name))
            {
                throw Fault(place, service, all.Contains(name)
                    ? $"it needs \"{name}\", whose profile is not chosen: choose it with --profile"
                    : $"there is no service \"{name}\"{Suggestion.Of(name, all)}");
            }
        }

        if (service.Networks.FirstOrDefault(network => !networks.ContainsKey(network.Key)) is { } network)
        {
            throw Fault(
                network.Place, service,
                $"there is no network \"{network.Key}\"{Suggestion.Of(network.Key, networks.Keys)}; name it under networks");
        }
    }

    private static void CheckAddresses(ComposeNetwork network, IReadOnlyList<ComposeService> services)
    {
        (ComposeService Service, ServiceNetwork Network, string Address)[] asked =
        [
            .. from service in services
               from member in service.Networks
               where member.Key == network.Key
               from address in AddressesOf(member)
               select (service, member, address),
        ];
        RefuseTwice(asked, a => IPAddress.Parse(a.Address).ToString(), (a, b, address) => Fault(
            a.Network.Place, a.Service, $"services.{b.Service.Name} has {address} on network \"{network.Key}\" too: give it another"));
        IPNetwork[] subnets =
        [
            .. (network.Request.IPAM?.Config ?? []).Select(pool => IPNetwork.TryParse(pool.Subnet, out IPNetwork subnet) ? subnet : default)
                .Where(subnet => subnet != default),
        ];
        foreach ((ComposeService service, ServiceNetwork member, string text) in asked)
        {
            var address = IPAddress.Parse(text);
            if (service.Scale > 1)
            {
                throw Fault(member.Place, service, $"{service.Scale} containers cannot have the one address {text}: leave one out");
            }

            IPNetwork[] family = [.. subnets.Where(subnet => subnet.BaseAddress.AddressFamily == address.AddressFamily)];
            if (family.Length > 0 && !family.Any(subnet => subnet.Contains(address)))
            {
                throw Fault(
                    member.Place, service,
                    $"{text} is not in {string.Join(" or ", family)}, the subnet of network \"{network.Key}\": give an address of it");
            }
        }
    }

    private static void CheckPorts(IReadOnlyList<ComposeService> services)
    {
        var taken = new List<(ComposeService Service, ComposePort Port)>();
        foreach (ComposeService service in services)
        {
            foreach (ComposePort port in (service.Request.Ports ?? []).Select(text => ComposePort.Parse(text, out _)!))
            {
                if (port.FixedPorts.FirstOrDefault() is > 0 and int first && service.Scale > 1)
                {
                    throw Fault(
                        service.Place, service,
                        $"{service.Scale} containers cannot have the one host port {first}: leave the host port out, or give a range");
                }

                if (taken.FirstOrDefault(other => other.Port.Contradicts(port)) is { Service: not null } same)
                {
                    int both = port.FixedPorts.Intersect(same.Port.FixedPorts).First();
                    string who = same.Service == service ? "it publishes" : $"services.{same.Service.Name} publishes";
                    string again = same.Service == service ? "twice" : "too";
                    throw Fault(service.Place, service, $"{who} host port {both}/{port.Protocol} {again}: give one of them another");
                }

                taken.Add((service, port));
            }
        }
    }

    private static IEnumerable<string> AddressesOf(ServiceNetwork network) =>
        new[] { network.Endpoint.IPAMConfig?.IPv4Address, network.Endpoint.IPAMConfig?.IPv6Address }.OfType<string>();

    private static void RefuseTwice<T>(IEnumerable<T> items, Func<T, string> key, Func<T, T, string, FileFaultException> fault)
    {
        if (items.GroupBy(key, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } group)
        {
            throw fault(group.ElementAt(1), group.First(), group.Key);
        }
    }

    private static FileFaultException Fault(Place place, ComposeService service, string message) =>
        new(place, $"services.{service.Name}: {message}");
}
