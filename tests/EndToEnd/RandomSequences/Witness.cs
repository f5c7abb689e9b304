using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>Compares the model with what netctl says and with what the kernel has.</summary>
internal sealed partial class Witness(TestHost host, Model model, string plugin)
{
    /// <summary>The host as it was seen last.</summary>
    public HostView? Last { get; private set; }

    /// <summary>Demands that the three agree.</summary>
    public void Check()
    {
        var view = HostView.Take(host);
        Last = view;
        Assert.Equal(
            model.Containers.Select(c => $"{c.Name} {(c.IsRunning ? "up" : "down")}").Order(),
            view.Containers.Select(
                c => $"{HostView.Text(c, "Name").TrimStart('/')} {((bool)c!["State"]!["Running"]! ? "up" : "down")}").Order());
        Assert.Equal(
            model.Networks.Select(n => n.Name).Concat(["host", "none"]).Order(),
            view.Networks.Select(n => HostView.Text(n, "Name")).Order());
        view.LookInside(host, model.Running);
        foreach (ModelContainer container in model.Containers)
        {
            CheckContainer(container, view);
        }

        Assert.Equal(model.Networks.Sum(network => CheckNetwork(network, view)), view.Host.OwnLinks);
        Assert.Equal(
            model.Running.Where(c => c.IsPublished).Select(c => $"{c.Port}").Order(),
            Port().Matches(view.Rules).Select(match => match.Value).Distinct().Order());
        new LinkWitness(host, model, view).Check();
    }

    /// <summary>Demands that nothing is other than it was seen last.</summary>
    /// <param name="refusedStart">The container whose start was refused: as with Docker, it alone has the reason from now on, and the exit
    /// code for it. Null for none.</param>
    public void CheckUnchanged(ModelContainer? refusedStart)
    {
        HostView before = Last!;
        var now = HostView.Take(host);
        now.LookInside(host, model.Running.Where(c => before.Inside.ContainsKey(c.Name)));
        string[] changes =
        [
            .. before.Lines.Except(now.Lines).Where(line => !IsReasonOf(refusedStart, line)).Select(line => $"- {line}"),
            .. now.Lines.Except(before.Lines).Where(line => !IsReasonOf(refusedStart, line)).Select(line => $"+ {line}"),
        ];
        Assert.True(changes.Length == 0, $"changed, though it was refused:\n{string.Join('\n', changes)}");
        if (refusedStart is not null)
        {
            Assert.NotEqual("", (string?)now.AnswerOf(refusedStart)["State"]!["Error"]);
        }

        Last = now;
    }

    private static bool IsReasonOf(ModelContainer? container, string line) => container is not null
        && (line.StartsWith($"/{container.Name}: \"Error\":", StringComparison.Ordinal)
            || line.StartsWith($"/{container.Name}: \"ExitCode\":", StringComparison.Ordinal));

    private void CheckContainer(ModelContainer container, HostView view)
    {
        JsonNode answer = view.AnswerOf(container);
        Assert.Equal(
            container.HasNetworks
                ? container.Memberships.Select(m => m.Network).Where(model.Networks.Contains).Select(n => n.Name).Order()
                : Predefined(container),
            answer["NetworkSettings"]!["Networks"]!.AsObject().Select(entry => entry.Key).Order());
        if (!container.IsRunning)
        {
            return;
        }

        NamespaceView inside = view.Inside[container.Name];
        Assert.Equal(container.Source == StackSource.Host, inside.Id == view.Host.Id);
        switch (container.Source)
        {
            case StackSource.Host:
                return;
            case StackSource.Container when model.Shares(container):
                Assert.Equal(view.Inside[container.Other!.Name].Id, inside.Id);
                return;
            case StackSource.Container or StackSource.None:
                Assert.Equal(["lo"], inside.Links.Select(link => HostView.Text(link, "ifname")));
                return;
        }

        Assert.Equal(container.Memberships.Count + 1, inside.Links.Count());
        foreach (ModelMembership membership in container.Memberships)
        {
            CheckMembership(container, membership, view);
        }

        foreach (bool ipv6 in new[] { false, true })
        {
            CheckGateway(container, ipv6, view);
        }
    }

    private static string[] Predefined(ModelContainer container) => container.Source switch
    {
        StackSource.Host => ["host"],
        StackSource.None => ["none"],
        _ => [],
    };

    private static void CheckMembership(ModelContainer container, ModelMembership membership, HostView view)
    {
        ModelNetwork network = membership.Network;
        string[] addresses = view.AddressesOf(container, network);
        JsonNode link = Assert.Single(
            view.Inside[container.Name].Links, link => NamespaceView.AddressesOf(link).Order().SequenceEqual(addresses.Order()));
        string mac = HostView.Text(link, "address");
        string? parent = network.Driver != "macvlan" ? null : network.Parent ?? $"dm-{HostView.Text(view.AnswerOf(network), "Id")[..12]}";
        Assert.Equal(network.Driver == "macvlan" ? "macvlan" : "veth", (string?)link["linkinfo"]!["info_kind"]);
        Assert.Equal(network.Mode, (string?)link["linkinfo"]!["info_data"]?["mode"] ?? "");
        Assert.Contains("UP", link["flags"]!.AsArray().Select(flag => (string)flag!));
        if (parent is not null)
        {
            JsonNode below = Assert.Single(view.Host.Links, link => HostView.Text(link, "ifname") == parent);
            Assert.Equal((int)below["ifindex"]!, (int)link["link_index"]!);
            Assert.Equal(network.IsExclusive, mac == HostView.Text(below, "address"));
        }

        Assert.Equal(network.IsExclusive ? "" : membership.Mac ?? mac, HostView.Text(view.AnswerOf(container, network), "MacAddress"));
        Assert.Equal(network.HasIPv4 ? 1 : 0, addresses.Count(address => address.Contains('.')));
        Assert.Equal(network.HasIPv6 ? 1 : 0, addresses.Count(address => address.Contains(':')));
        Assert.All(new[] { membership.Address, membership.Address6 }.OfType<string>(), address => Assert.Contains(address, addresses));
        Assert.All(addresses, address => Assert.True(network.IsDefault || network.Contains(address), $"{address} on {network}"));
    }

    private static void CheckGateway(ModelContainer container, bool ipv6, HostView view)
    {
        string[] gateways = view.Inside[container.Name].Gateways(ipv6);
        if (container.Gateway(ipv6)?.Network is not { } way)
        {
            Assert.Empty(gateways);
            return;
        }

        string address = Assert.Single(view.AddressesOf(container, way), address => address.Contains(':') == ipv6);
        Assert.Equal(way.IsDefault ? gateways[..1] : [ModelNetwork.GatewayOf(address)], gateways);
    }

    /// <summary>Checks a network on the host; gives how many links of the host are ours by it.</summary>
    private int CheckNetwork(ModelNetwork network, HostView view)
    {
        ModelContainer[] members = [.. model.On(network)];
        JsonNode answer = view.AnswerOf(network);
        Assert.Equal(
            members.Select(c => c.Name).Order(),
            answer["Containers"]!.AsObject().Select(entry => HostView.Text(entry.Value, "Name")).Order());
        if (!network.IsDefault)
        {
            Assert.Equal(
                model.AddressesInUse(network),
                answer["Status"]!["IPAM"]!["Subnets"]!.AsObject().Sum(subnet => (int)subnet.Value!["IPsInUse"]!));
        }

        string id = HostView.Text(answer, "Id");
        if (network.Driver == "macvlan")
        {
            int own = view.Host.Links.Count(
                link => HostView.Text(link, "ifname") == $"dm-{id[..12]}" || HostView.Text(link, "ifname") == $"dp-{id[..12]}");
            Assert.Equal(network.Parent is null, own > 0);
            return own;
        }

        string bridge = network.IsDefault ? "netctl0" : network.Driver == plugin ? $"rb{id[..8]}" : $"br-{id[..12]}";
        JsonNode link = Assert.Single(view.Host.Links, link => HostView.Text(link, "ifname") == bridge);
        if (!network.IsDefault)
        {
            Assert.Equal(
                network.Subnets.Select(subnet => ModelNetwork.GatewayOf(subnet)).Order(), NamespaceView.AddressesOf(link).Order());
        }

        Assert.Equal(members.Length, view.Host.Links.Count(link => (string?)link["master"] == bridge));
        return network.Driver == plugin ? 0 : 1 + members.Length;
    }

    // The ports of the host that containers may publish.
    [GeneratedRegex(@"\b284[0-9]{2}\b")]
    private static partial Regex Port();
}
