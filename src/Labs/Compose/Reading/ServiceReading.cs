using System.Globalization;
using System.Text.RegularExpressions;
using Net.Api.Containers;
using Net.Labs.Compose.Models;
using Net.Labs.Lessons;
using Net.Labs.Yaml;

namespace Net.Labs.Compose.Reading;

/// <summary>Reads one entry of <c>services</c>.</summary>
internal sealed partial class ServiceReading
{
    private static readonly string[] OfProcess =
        ["environment", "env_file", "healthcheck", "restart", "stdin_open", "tty", "user", "working_dir"];

    private readonly Scalar _name;
    private readonly Fields _fields;
    private readonly EnvironmentReading _environment;
    private readonly DeployReading _deploy;
    private readonly Fields _lab;
    private readonly ICollection<string> _warnings;

    private ServiceReading(
        Scalar name, Node node, EnvironmentReading environment, ICollection<string> warnings)
    {
        _warnings = warnings;
        _name = name;
        _fields = new Fields(node, $"services.{name.Text}");
        _environment = environment;
        _deploy = DeployReading.Of(_fields);
        _lab = _fields.Child(LabReader.Key);
    }

    /// <summary>Reads a service.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="node">Its fields.</param>
    /// <param name="environment">Reads its variables.</param>
    /// <param name="ignored">Takes the keys that have no meaning here.</param>
    /// <param name="warnings">Takes what else the user should know.</param>
    public static ComposeService Read(
        Scalar name, Node node, EnvironmentReading environment, List<Scalar> ignored, ICollection<string> warnings)
    {
        if (!ServiceName().IsMatch(name.Text))
        {
            throw new FileFaultException(
                name.Place, $"services: \"{name.Text}\" is no name of a service: it has letters, digits, dots, dashes and underscores");
        }

        var reading = new ServiceReading(name, node, environment, warnings);
        ComposeService service = reading.Read();
        ignored.AddRange(reading._deploy.Ignored);
        ignored.AddRange(reading._fields.Finish("a service", IgnoredKeys.OfService));
        return service;
    }

    private ComposeService Read()
    {
        string? macAddress = EndpointReading.MacAddressOf(_fields, "mac_address");
        NetworkMode? mode = ModeOf();
        IReadOnlyList<ServiceNetwork> networks = mode is null ? EndpointReading.Read(_fields, macAddress) : [];
        IReadOnlyList<string> ports = PortReading.Published(_fields);
        if (ports.Count > 0 && mode is { Text: "host" or "none" })
        {
            _warnings.Add($"{_fields.PlaceOf("ports")}: {_fields.PathOf("ports")}: not used with network_mode {mode.Text}");
            ports = [];
        }
        else if (ports.Count > 0 && mode is { IsShared: true })
        {
            throw _fields.Fault("ports", "a service that uses another's network publishes no ports: name them at that one");
        }

        return new ComposeService
        {
            Name = _name.Text,
            Place = _name.Place,
            Scale = _fields.Number("scale") ?? _deploy.Replicas ?? 1,
            ContainerName = _fields.Text("container_name"),
            Hosts = _lab.Texts("host"),
            Request = RequestOf(CommandOf(), HealthCheckReading.Read(_fields)) with { Ports = ports.Count > 0 ? ports : null },
            Networks = networks,
            Mode = mode,
            Links = LinksOf(),
            ExternalLinks = _fields.Texts("external_links"),
            Dependencies = DependencyReading.Read(_fields),
            Profiles = _fields.Texts("profiles"),
            StopGracePeriod = _fields.Nanoseconds("stop_grace_period") is { } time ? TimeSpan.FromMicroseconds(time / 1000) : null,
            StopSignal = _fields.Text("stop_signal"),
        };
    }

    private ContainerCreateRequest RequestOf(IReadOnlyList<string> command, HealthConfig? healthCheck)
    {
        ContainerCreateRequest process = ProcessOf() with { Healthcheck = healthCheck };
        IReadOnlyList<string> exposed = PortReading.Exposed(_fields);
        if (command.Count == 0 && OfProcess.Where(_fields.Has).ToArray() is { Length: > 0 } unused)
        {
            _warnings.Add($"{_name.Place}: {_fields.Path}: not used without a command: {string.Join(", ", unused)}");
        }

        return (command.Count > 0 ? process with { Cmd = command } : new ContainerCreateRequest()) with
        {
            Hostname = HostnameOf(),
            Dns = _fields.Addresses("dns"),
            DnsSearch = _fields.Texts("dns_search"),
            DnsOptions = _fields.Texts("dns_opt"),
            Expose = exposed.Count > 0 ? exposed : null,
            ExtraHosts = ExtraHostsOf(),
            Sysctls = SysctlsOf(),
            Labels = _fields.Dictionary("labels"),
        };
    }

    // What is about the command alone. It is read where there is none, too: its keys are known.
    private ContainerCreateRequest ProcessOf() => new()
    {
        Env = _environment.Of(_fields),
        WorkingDir = _fields.Text("working_dir"),
        User = _fields.Text("user"),
        Tty = _fields.Switch("tty") ?? false,
        OpenStdin = _fields.Switch("stdin_open") ?? false,
        RestartPolicy = RestartOf(),
        LogConfig = LogConfigOf(),
    };

    // x-netlab gives a command to a service of a file that is written for images, whose command may be arguments of an entry point.
    private IReadOnlyList<string> CommandOf()
    {
        string[] command = [.. WordsOf("entrypoint"), .. WordsOf("command")];
        IReadOnlyList<string> words = WordsOf(_lab, "command");
        _lab.Finish($"{LabReader.Key} of a service");
        return words.Count > 0 ? words : command;
    }

    private IReadOnlyList<string> WordsOf(string key) => WordsOf(_fields, key);

    private static IReadOnlyList<string> WordsOf(Fields fields, string key) => fields.Take(key) switch
    {
        null => [],
        Scalar line => ShellWords.Split(line, fields.PathOf(key)),
        _ => fields.Texts(key),
    };

    // Only those of the network namespace can be a container's own; the others are the machine's.
    private SortedDictionary<string, string>? SysctlsOf()
    {
        if (_fields.Dictionary("sysctls") is not { } all)
        {
            return null;
        }

        if (all.Keys.Where(key => !key.StartsWith("net.", StringComparison.Ordinal)).ToArray() is { Length: > 0 } others)
        {
            _warnings.Add($"{_fields.PlaceOf("sysctls")}: {_fields.PathOf("sysctls")}: not used, since they are the machine's: "
                + string.Join(", ", others));
        }

        Dictionary<string, string> own = all.Where(pair => pair.Key.StartsWith("net.", StringComparison.Ordinal)).ToDictionary();
        return own.Count > 0 ? new SortedDictionary<string, string>(own, StringComparer.Ordinal) : null;
    }

    private string? HostnameOf()
    {
        string? host = _fields.Text("hostname");
        string? domain = _fields.Text("domainname");
        return host is not null && domain is not null ? $"{host}.{domain}" : host;
    }

    private string[]? ExtraHostsOf()
    {
        IReadOnlyList<KeyValuePair<string, string?>> hosts = _fields.Pairs("extra_hosts", "=:");
        foreach ((string host, string? address) in hosts)
        {
            if (string.IsNullOrEmpty(address))
            {
                throw _fields.Fault("extra_hosts", $"\"{host}\" has no address: write \"{host}:ADDRESS\"");
            }
        }

        return hosts.Count > 0 ? [.. hosts.Select(pair => $"{pair.Key}:{pair.Value!.Trim('[', ']')}")] : null;
    }

    private RestartPolicy? RestartOf()
    {
        if (_fields.Text("restart") is not { } text)
        {
            return _deploy.Restart;
        }

        string[] parts = text.Split(':', 2);
        int retries = 0;
        bool isValid = parts[0] is "no" or "false" or "always" or "unless-stopped" or "on-failure"
            && (parts.Length == 1 || (parts[0] == "on-failure"
                && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out retries)));
        return isValid
            ? new RestartPolicy { Name = parts[0] == "false" ? "no" : parts[0], MaximumRetryCount = retries }
            : throw _fields.Fault(
                "restart", $"\"{text}\" is no restart policy: it takes \"no\", always, on-failure[:TIMES] or unless-stopped");
    }

    // Only the options of the log file have a meaning here; other drivers are other programs.
    private ContainerLogConfig? LogConfigOf()
    {
        Fields logging = _fields.Child("logging");
        string? driver = logging.Text("driver");
        Dictionary<string, string> known = (logging.Dictionary("options") ?? new Dictionary<string, string>())
            .Where(option => option.Key is "max-size" or "max-file")
            .ToDictionary();
        logging.Finish("logging");
        return driver is null or "json-file" or "local" && known.Count > 0 ? new ContainerLogConfig { Config = known } : null;
    }

    private NetworkMode? ModeOf()
    {
        if (_fields.Text("network_mode") is not { } text)
        {
            return null;
        }

        Place place = _fields.PlaceOf("network_mode");
        if (_fields.Take("networks") is not null)
        {
            throw _fields.Fault("network_mode", "a service has networks or a network_mode, not both: leave one out");
        }

        const string ofService = "service:";
        return text.StartsWith(ofService, StringComparison.Ordinal)
            ? new NetworkMode(null, text[ofService.Length..], place)
            : new NetworkMode(text, null, place);
    }

    private ServiceLink[] LinksOf() =>
    [
        .. _fields.Texts("links").Select(link => link.Split(':', 2))
            .Select(parts => new ServiceLink(parts[0], parts[^1], _fields.PlaceOf("links"))),
    ];

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9._-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex ServiceName();
}
