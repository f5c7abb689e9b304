namespace Net.Cli.Manuals;

/// <summary>The manual page of the file of a lab, netctl-lab(5).</summary>
internal static class LabFilePage
{
    public const string Name = "netctl-lab";
    public const int Number = 5;

    private static readonly string[] Example =
    [
        "services:",
        "  web:",
        "    container_name: web",
        "    command: busybox httpd -f -p 80 -h $LAB",
        "    ports: [\"8080:80\"]",
        "x-netlab:",
        "  question: Who answers at a published port?",
        "  hosts:",
        "    host: {}",
        "    client: {daemon: false}",
        "  links:",
        "    lan: {hosts: {host: 192.0.2.1/24, client: 192.0.2.2/24}}",
        "  steps:",
        "    - look: The page comes from the host's address",
        "      on: client",
        "      run: {run: 'curl -sS http://host:8080/lab.yml', prints: question}",
        "      why: The host rewrites the destination.",
    ];

    /// <summary>The keys of <c>x-netlab</c>.</summary>
    public static IReadOnlyList<(string Key, string Takes)> LabKeys { get; } =
    [
        ("question", "One sentence with a question mark."),
        ("about", "Paragraphs of Markdown."),
        ("hosts", "`NAME: {...}`: the keys of a host are below."),
        ("links", "`NAME: {mtu: BYTES, hosts: {HOST: ADDRESS/LENGTH or a list}}`: an Ethernet that joins hosts; each has an interface of "
            + "this name on it. Hosts know each other by name."),
        ("needs", "`PROGRAM: PACKAGE` of programs beside ip(8) and util-linux. A missing one is named before anything is made."),
        ("faults", "Commands that break something, after the services are up."),
        ("any_order", "`true` where tasks do not build on each other."),
        ("steps", "A list; the keys of a step are below."),
        ("next", "Lines of Markdown: what to read next."),
    ];

    /// <summary>The keys of a host.</summary>
    public static IReadOnlyList<(string Key, string Takes)> HostKeys { get; } =
    [
        ("daemon", "`false` for a host without netctl's daemon; a list of options of netctl-daemon(8) otherwise."),
        ("routes", "`DESTINATION: NEXT HOP`, such as `default: 192.0.2.254`."),
        ("sysctls", "`net.ipv4.ip_forward: 1` and others that begin with `net.`."),
        ("setup", "Commands before the daemon starts."),
    ];

    /// <summary>The keys of a link.</summary>
    public static IReadOnlyList<(string Key, string Takes)> LinkKeys { get; } =
    [
        ("mtu", "The MTU of the link in bytes; 1500 when not given."),
        ("hosts", "The hosts on the link, each with its address and prefix length, or a list of them."),
    ];

    /// <summary>The keys of a step.</summary>
    public static IReadOnlyList<(string Key, string Takes)> StepKeys { get; } =
    [
        ("task",
            "The title of something for the learner to do. A task has checks that fail before it is solved: the runner refuses others."),
        ("look", "In place of `task`: the title of something to see."),
        ("text", "What there is to know before; paragraphs."),
        ("on", "The host of its commands; the first host when not given."),
        ("run", "The commands: of a task, one way to solve it."),
        ("check", "Commands by which independent programs see that it is solved."),
        ("hints", "Of a task, from the vaguest on."),
        ("why", "What should be seen and why; paragraphs."),
        ("drawn", "`true` where the lab's drawing shows the state after this step; otherwise it shows the end."),
    ];

    /// <summary>The keys of a command.</summary>
    public static IReadOnlyList<(string Key, string Takes)> CommandKeys { get; } =
    [
        ("run", "The shell's input."),
        ("on", "The host."),
        ("in", "The container of that host to run it in, as `netctl exec` does."),
        ("prints", "Regular expressions (.NET; `^` and `$` match at lines): each has to match the output, standard error included."),
        ("lacks", "Regular expressions of which none may match."),
        ("exits", "The exit code, 0 when not given; `failing` for any other than 0."),
        ("within", "How long it is tried again until it is as expected, such as `10s`; 5 s for checks, at once for others."),
    ];

    /// <summary>The page.</summary>
    public static ManualPage Create() => new(Name, Number, "File of a lab",
    [
        new("Synopsis", [new ManualBlock.Lines(["lab.yml"])]),
        new("Description",
        [
            new ManualBlock.Paragraph(
                "A lab is a folder with a `lab.yml`: a Compose file as netctl-compose(1) takes it, whose key `x-netlab` has what a "
                    + "Compose file cannot say. Its services are brought up on each host that has a daemon before the first step, or on "
                    + "the hosts that a service names with `x-netlab: {host: NAME}` (a name or a list). Services of a host start at the "
                    + "same time, so that addresses vary unless they are given."),
            new ManualBlock.Paragraph(
                "`$LAB` is the lab's folder. Other variables in steps, such as `$HOME`, are the shell's: `x-netlab` is not interpolated."),
        ]),
        new("Keys of x-netlab", [new ManualBlock.Terms(LabKeys)]),
        new("Keys of a host", [new ManualBlock.Terms(HostKeys)]),
        new("Keys of a link", [new ManualBlock.Terms(LinkKeys)]),
        new("Keys of a step", [new ManualBlock.Terms(StepKeys)]),
        new("Keys of a command",
        [
            new ManualBlock.Paragraph("A command is the input of sh(1), run in the lab's folder, or a mapping with these keys."),
            new ManualBlock.Terms(CommandKeys),
            new ManualBlock.Paragraph(
                "A command that takes longer than 60 seconds is ended. What it leaves running in the background goes on until the lab "
                    + "ends."),
        ]),
        new("Examples", [new ManualBlock.Lines(Example)]),
        new("See also", [new ManualBlock.Paragraph("netctl-lab(1), netctl-lab-run(1), netctl-compose(1).")]),
    ]);
}
