namespace Net.Tests.EndToEnd.DockerComparison;

/// <summary>The differences that single steps have.</summary>
internal static class Differences
{
    /// <summary>The message says the same in other words, or names another object than Docker's does.</summary>
    public static readonly Difference OwnWords = new("own-words");

    /// <summary>20.10 has other words than 28, or is less exact.</summary>
    public static readonly Difference NewerWords = new("newer-words");

    /// <summary>What would have no effect is refused, or warned of.</summary>
    public static readonly Difference NoEffect = new("no-effect");

    /// <summary>20.10 takes <c>--ip</c> and <c>--network-alias</c> on the default network.</summary>
    public static readonly Difference UserNetworkOptions = new("user-network-options");

    /// <summary><c>--dns</c> with the host's network.</summary>
    public static readonly Difference HostResolver = new("host-resolver");

    /// <summary>A container cannot leave the network none.</summary>
    public static readonly Difference NoneDisconnect = new("none-disconnect");

    /// <summary>A stopped container is not connected again to a network that it is connected to.</summary>
    public static readonly Difference ConnectedTwice = new("connected-twice");

    /// <summary>Which number an interface gets.</summary>
    public static readonly Difference InterfaceNames = new("interface-names");

    /// <summary>An internal network has no default route.</summary>
    public static readonly Difference InternalRoute = new("internal-route");

    /// <summary>Which network the default route leads over.</summary>
    public static readonly Difference GatewayOrder = new("gateway-order");

    /// <summary>When an address is used again.</summary>
    public static readonly Difference FreedAddress = new("freed-address");

    /// <summary>/etc/resolv.conf without user networks.</summary>
    public static readonly Difference ResolverFollows = new("resolver-follows");

    /// <summary>20.10 takes too many or too few lines out of /etc/hosts at a disconnect.</summary>
    public static readonly Difference HostsLines = new("hosts-lines");

    /// <summary>The order of names in <c>ps</c>.</summary>
    public static readonly Difference NameOrder = new("name-order");

    /// <summary>The order of ports in <c>ps</c>.</summary>
    public static readonly Difference PortOrder = new("port-order");

    /// <summary>The order of the variables of a link's ports.</summary>
    public static readonly Difference LinkOrder = new("link-order");

    /// <summary>Two links with one alias.</summary>
    public static readonly Difference LinkAlias = new("link-alias");

    /// <summary>A link with an empty alias.</summary>
    public static readonly Difference EmptyAlias = new("empty-alias");

    /// <summary>The line of a link whose target is stopped.</summary>
    public static readonly Difference StoppedLinkLine = new("stopped-link-line");

    /// <summary>The variables of a link whose target is stopped.</summary>
    public static readonly Difference StoppedLinkVariables = new("stopped-link-variables");

    /// <summary>A link's line after its target is renamed.</summary>
    public static readonly Difference LinkRename = new("link-rename");

    /// <summary>A link whose target was removed.</summary>
    public static readonly Difference RemovedTarget = new("removed-target");

    /// <summary>What <c>rm --link</c> does to the container.</summary>
    public static readonly Difference RemovedLink = new("removed-link");

    /// <summary>What remains of a run that is refused.</summary>
    public static readonly Difference RefusedRun = new("refused-run");

    /// <summary>The command is not process 1.</summary>
    public static readonly Difference FirstProcess = new("first-process");

    /// <summary>The exit code for a wrong flag.</summary>
    public static readonly Difference FlagCode = new("flag-code");

    /// <summary>A value that is no number.</summary>
    public static readonly Difference BadNumber = new("bad-number");

    /// <summary>A working directory that is not there.</summary>
    public static readonly Difference WorkingDirectory = new("working-directory");

    /// <summary>The exit code of <c>exec</c> with a program that is not there.</summary>
    public static readonly Difference ExecCode = new("exec-code");
}
