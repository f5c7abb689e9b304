namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>Asks for what is not possible as things are: each is refused in words that name the reason, and changes nothing.</summary>
internal sealed class BadSteps
{
    private readonly Sequence _sequence;
    private readonly Func<(string Words, string[] Arguments)?>[] _all;

    public BadSteps(Sequence sequence)
    {
        _sequence = sequence;
        _all =
        [
            // What another has.
            AddressTaken, Address6Taken, GatewayTaken, MacTaken, NameTaken, NewNameTaken, NetworkNameTaken, SubnetTaken, PortTaken,
            WireTaken, AliasTaken,

            // What something is in the way of.
            NetworkInUse, StillRunning, ConnectedTwice, NotConnected, NotRunning, NoCommand, OwnName, LinkToItself, LinkToNothingRunning,
            OthersStack, OthersStackConnected, OthersStackDown, HostConnected, NoneConnected,

            // What there is not.
            NoSuchContainer, NoSuchNetwork, NoSuchLink, NoSuchSubnet, NoSuchFamily,
            () => ("No such container", Run("--network", "container:nobody")),
            () => ("could not get container for nobody", Run("--link", "nobody")),
            () => ("not found", Create("-d", "nosuch")),
            () => ("the host has no link", Create("-d", "macvlan", "-o", "parent=nosuch")),

            // What cannot be.
            () => ("pre-defined", ["network", "rm", sequence.Pick(["bridge", "host", "none"])]),
            () => ("not permitted on predefined", Create("--subnet", "10.60.0.0/24")[..^1].Append("bridge").ToArray()),
            () => ("which the host is on", Create("--subnet", "192.0.2.0/25")),
            () => ("several subnets of one family", Create("--subnet", "10.60.0.0/24", "--subnet", "10.61.0.0/24")),
            () => ("neither IPv4 nor IPv6", Create("--ipv4=false")),
            () => ("unknown macvlan mode", Create("-d", "macvlan", "-o", "macvlan_mode=bogus")),
            () => ("unknown option", Create("-o", "nosuch=1")),
            () => ("supported on user defined networks only", Run("--network", "bridge", "--ip", "172.17.0.99")),
            () => ("only supported for user-defined networks", Run("--network", "bridge", "--network-alias", "a")),
            () => ("host's own network namespace", ["create", "--name", "bad", "--netns", "/proc/self/ns/net"]),
            () => ("unknown policy", Run("--restart", "sometimes")),
            () => ("group address", Run("--mac-address", "01:00:00:00:00:01")),
        ];
    }

    private Model Model => _sequence.Model;

    /// <summary>Asks for one of them that fits what there is now.</summary>
    public void Refused()
    {
        (string words, string[] arguments) = _sequence.Shuffle(_all).Select(bad => bad()).First(bad => bad is not null)!.Value;
        _sequence.Refuse(words, arguments);
    }

    private static string[] Run(params string[] options) => ["run", "-d", "--name", "bad", .. options, "sleep", "1000"];

    private static string[] Create(params string[] options) => ["network", "create", .. options, "bad"];

    // One of the places that containers have on networks that are there, with the container, for which a condition holds.
    private (ModelContainer Container, ModelMembership Place)? Place(Func<ModelContainer, ModelMembership, bool> condition) =>
        _sequence.Shuffle(
            from container in Model.Containers
            from place in container.Memberships
            where Model.Networks.Contains(place.Network) && condition(container, place)
            select ((ModelContainer, ModelMembership)?)(container, place)).FirstOrDefault();

    private ModelContainer? Container(Func<ModelContainer, bool> condition) => _sequence.PickAny(Model.Containers.Where(condition));

    private ModelNetwork? Network(Func<ModelNetwork, bool> condition) =>
        _sequence.PickAny(Model.Networks.Where(n => !n.IsDefault && condition(n)));

    private (string, string[])? AddressTaken() => Place((_, place) => place.Address is not null) is var (_, place)
        ? ("already in use", Run("--network", $"name={place.Network.Name},ip={place.Address}")) : null;

    private (string, string[])? Address6Taken() => Place((_, place) => place.Address6 is not null) is var (_, place)
        ? ("already in use", Run("--network", $"name={place.Network.Name},ip6={place.Address6}")) : null;

    private (string, string[])? GatewayTaken() => Network(n => n.HasIPv4 && n.Driver == "bridge" && !n.IsInternal) is { } network
        ? ("already in use", Run("--network", $"name={network.Name},ip=10.50.{network.Slot}.1")) : null;

    private (string, string[])? MacTaken() => Place((_, place) => place.Mac is not null) is var (_, place)
        ? ("already in use on network", Run("--network", $"name={place.Network.Name},mac-address={place.Mac}")) : null;

    private (string, string[])? NameTaken() => Container(_ => true) is { } container
        ? ("is already in use by container", ["run", "-d", "--name", container.Name, "sleep", "1000"]) : null;

    private (string, string[])? NewNameTaken() =>
        Container(_ => true) is { } container && Container(other => other != container) is { } other
            ? ("is already in use by container", ["rename", container.Name, other.Name]) : null;

    private (string, string[])? NetworkNameTaken() => Network(_ => true) is { } network
        ? ("already exists", ["network", "create", network.Name]) : null;

    private (string, string[])? SubnetTaken() => Network(n => n.HasIPv4) is { } network
        ? ("overlaps", Create("-d", _sequence.Pick(["bridge", "macvlan"]), "--subnet", $"10.50.{network.Slot}.128/25")) : null;

    private (string, string[])? PortTaken() => Container(c => c.IsRunning && c.IsPublished) is { } container
        ? ($"{container.Port}", Run("-p", $"{container.Port}:80")) : null;

    private (string, string[])? WireTaken() => Network(n => !Model.IsFree(n)) is { } network
        ? ("passthru", Run("--network", network.Name)) : null;

    private (string, string[])? AliasTaken() => Container(c => Model.LeadsSomewhere(c)) is { } container
        ? ("have the alias twice", Run("--link", $"{container.Name}:twice", "--link", $"{container.Name}:twice")) : null;

    private (string, string[])? NetworkInUse() => Network(n => Model.On(n).Any()) is { } network
        ? ("has active endpoints", ["network", "rm", network.Name]) : null;

    private (string, string[])? StillRunning() => Container(c => c.IsRunning && c.HasCommand) is { } container
        ? ("container is running", ["rm", container.Name]) : null;

    private (string, string[])? ConnectedTwice() => Place((_, _) => true) is var (container, place)
        ? ("already exists in network", ["network", "connect", place.Network.Name, container.Name]) : null;

    private (string, string[])? NotConnected() =>
        Container(c => c.HasNetworks) is { } container
            && Network(n => !container.Memberships.Exists(m => m.Network.Name == n.Name)) is { } n
            ? ("is not connected to network", ["network", "disconnect", n.Name, container.Name]) : null;

    private (string, string[])? NotRunning() => Container(c => !c.IsRunning) is { } container
        ? ("not running", _sequence.Pick<string[]>([["kill", container.Name], ["exec", container.Name, "true"]])) : null;

    private (string, string[])? NoCommand() => Container(c => c.IsRunning && !c.HasCommand) is { } container
        ? ("has no command of its own", ["kill", container.Name]) : null;

    private (string, string[])? OwnName() => Container(_ => true) is { } container
        ? ("same name as its current name", ["rename", container.Name, container.Name]) : null;

    private (string, string[])? LinkToItself() =>
        Container(c => c.Source == StackSource.Networks && !c.IsOn(Model.Default)) is { } container
            ? ("cannot be linked to itself", ["network", "connect", "--link", container.Name, "bridge", container.Name]) : null;

    private (string, string[])? LinkToNothingRunning() =>
        Container(c => !c.IsRunning && c.Source is not (StackSource.Host or StackSource.Container)) is { } container
            ? ("Cannot link to a non running container", Run("--link", $"{container.Name}:x")) : null;

    private (string, string[])? OthersStack() => Container(_ => true) is { } container
        ? ("conflicting options", Run(
            [
                "--network", $"container:{container.Name}",
                .. _sequence.Pick<string[]>(
                    [["-p", "80"], ["--ip", "10.50.1.9"], ["--link", container.Name], ["--dns", "192.0.2.53"], ["-h", "x"]]),
            ]))
        : null;

    private (string, string[])? OthersStackConnected() => Container(c => c.Source == StackSource.Container) is { } container
        ? ("cannot be connected to any other network", ["network", "connect", _sequence.Pick(Model.Networks).Name, container.Name]) : null;

    private (string, string[])? OthersStackDown() => Container(c => !c.IsRunning && c.Source == StackSource.Networks) is { } container
        ? ("cannot join network of a non running container", Run("--network", $"container:{container.Name}")) : null;

    private (string, string[])? HostConnected() => Container(c => c.Source == StackSource.Host) is { } container
        ? ("cannot be connected to any other network", ["network", "connect", _sequence.Pick(Model.Networks).Name, container.Name]) : null;

    private (string, string[])? NoneConnected() => Container(c => c.Source == StackSource.None) is { } container
        ? ("private (none) mode", ["network", "connect", _sequence.Pick(Model.Networks).Name, container.Name]) : null;

    private (string, string[])? NoSuchContainer() => ("No such container: nobody", _sequence.Pick<string[]>(
    [
        ["start", "nobody"], ["stop", "nobody"], ["restart", "nobody"], ["kill", "nobody"], ["rm", "nobody"], ["rename", "nobody", "x"],
        ["exec", "nobody", "true"], ["network", "connect", "bridge", "nobody"], ["network", "disconnect", "bridge", "nobody"],
    ]));

    private (string, string[])? NoSuchNetwork() => ("nowhere", _sequence.Pick<string[]>(
        [["network", "rm", "nowhere"], Run("--network", "nowhere"), .. Container(_ => true) is { } container
            ? [["network", "connect", "nowhere", container.Name]] : (string[][])[]]));

    private (string, string[])? NoSuchLink() => Container(_ => true) is { } container
        ? ("has no link nothing", ["rm", "--link", $"{container.Name}/nothing"]) : null;

    private (string, string[])? NoSuchSubnet() => Network(n => n.HasIPv4) is { } network
        ? ("no configured subnet contains", Run("--network", network.Name, "--ip", "10.99.0.9")) : null;

    private (string, string[])? NoSuchFamily() => Network(n => !(n.HasIPv4 && n.HasIPv6)) is { } network
        ? (network.HasIPv4 ? "has no IPv6 subnet" : "has no IPv4 subnet",
            Run(["--network", network.Name, .. network.HasIPv4 ? (string[])["--ip6", "fd50::9"] : ["--ip", "10.50.0.9"]]))
        : null;
}
