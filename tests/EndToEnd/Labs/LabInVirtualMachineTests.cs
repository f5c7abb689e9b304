using System.Net.Sockets;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Labs;

/// <summary><c>netctl lab run --vm</c> sends labs to a virtual machine and shows what comes of them. A program in Vagrant's place runs here
/// what Vagrant runs there; <c>netlab/vm/test.sh</c> has the machines.</summary>
public sealed class LabInVirtualMachineTests : IDisposable
{
    private const string Vagrant =
        """
        #!/bin/sh
        here=$(dirname "$0")
        printf '%s\n' "$VAGRANT_CWD: $1 $2 $3" >>"$here/calls"
        case $1 in
          status) cat "$here/status" ;;
          ssh) for command; do :; done; cd / && exec sh -c "$command" ;;
        esac
        """;

    private const string Small =
        """
        x-netlab:
          question: Is it so?
          hosts: {one: {daemon: false}}
          steps: [{look: The file is there, run: {run: 'cat "$LAB/data/word"', prints: WORD}}]

        """;

    private readonly LabMachine _machine = LabMachine.Create();
    private readonly string _programs;

    public LabInVirtualMachineTests()
    {
        _programs = Path.Combine(_machine.Root, "programs");
        Directory.CreateDirectory(_programs);
        File.WriteAllText(Path.Combine(_machine.Root, "Vagrantfile"), "");
        WriteProgram("vagrant", Vagrant);
        WriteProgram("sudo", "#!/bin/sh\nexec \"$@\"\n");
        Is("running");
    }

    public void Dispose() => _machine.Dispose();

    [KernelFact]
    public void Labs_go_with_their_files_and_the_exit_code_comes_back()
    {
        string right = Write("right", "yes");
        string wrong = Write("wrong", "no");
        CommandResult one = Run("--vm", right);
        Assert.True(one.ExitCode == 0, $"{one}");
        Assert.Contains("right: Is it so?", one.Output, StringComparison.Ordinal);
        Assert.Contains("ok      right: 1 steps", one.Output, StringComparison.Ordinal);

        CommandResult both = Run("--machine", "host2", right, wrong);
        Assert.Equal(1, both.ExitCode);
        Assert.Contains("ok      right: 1 steps", both.Output, StringComparison.Ordinal);
        Assert.Contains("FAILED  wrong\n", both.Output, StringComparison.Ordinal);
        string[] calls = File.ReadAllLines(Path.Combine(_programs, "calls"));
        Assert.Equal(
            ["status --machine-readable host1", "ssh host1 --no-tty", "status --machine-readable host2", "ssh host2 --no-tty"],
            calls.Select(call => call.Replace($"{_machine.Root}: ", "", StringComparison.Ordinal)));
        Assert.Empty(Directory.EnumerateDirectories("/var/tmp", "netctl-labs.*"));
        _machine.IsAsBefore();
    }

    [KernelFact]
    public void What_is_in_the_way_is_said_in_one_sentence()
    {
        string lab = Write("right", "yes");
        Is("shutoff");
        IsRefused(Run("--vm", lab), "netctl: the machine host1 is not up (shutoff): bring it up with \"vagrant up host1\" in");
        File.WriteAllText(
            Path.Combine(_programs, "status"), "1,,error-exit,NotFound,The machine with the name 'host3' was not found.\\nMore.\n");
        IsRefused(
            Run("--vm", "--machine", "host3", lab),
            $"netctl: Vagrant knows no machine \"host3\" in {_machine.Root} (The machine with the name 'host3' was not found): ");
        IsRefused(Run("--vm", "--write", lab), "netctl: --write is for labs that run here");
        IsRefused(Run("--vm", "unknown"), "netctl: there is no lab \"unknown\"");

        Is("running");
        WriteProgram("sudo", "#!/bin/sh\nexit 255\n");
        IsRefused(Run("--vm", lab), "netctl: the machine host1 cannot be reached by ssh: ");
    }

    [KernelFact]
    public void A_file_that_cannot_be_sent_is_named_before_the_machine_is_entered()
    {
        string lab = Write("right", "yes");
        string file = Path.Combine(lab, "data", "left.sock");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(file));
        IsRefused(Run("--vm", lab), $"netctl: {file} cannot be sent to a virtual machine (");
        Assert.Equal(
            [$"{_machine.Root}: status --machine-readable host1"], File.ReadAllLines(Path.Combine(_programs, "calls")));

        // A link to the folder that it lies in is no reason to go round in circles.
        socket.Dispose();
        File.Delete(file);
        Directory.CreateSymbolicLink(Path.Combine(lab, "data", "self"), ".");
        CommandResult result = Run("--vm", lab);
        Assert.True(result.ExitCode == 0, $"{result}");
    }

    // A machine whose command ends without reading what is sent.
    [KernelFact]
    public void A_machine_that_does_not_read_ends_the_run()
    {
        string lab = Write("right", "yes");
        File.WriteAllBytes(Path.Combine(lab, "data", "large"), new byte[1 << 20]);
        WriteProgram("sudo", "#!/bin/sh\nexit 7\n");
        Assert.Equal(7, Run("--vm", lab).ExitCode);
    }

    // Vagrant may be on the machine that runs this test, and the program in a clone: this run sees neither.
    [KernelFact]
    public void Without_Vagrant_or_its_file_it_says_what_to_do()
    {
        const string Hidden = "mount -t tmpfs tmpfs /usr/bin; cd \"$1\"; PATH=; exec \"$1/alone/netctl\" lab run --vm \"$2\"";
        string lab = Write("right", "yes");
        Directory.CreateDirectory(Path.Combine(_machine.Root, "alone"));
        File.Copy(LabMachine.Binary, Path.Combine(_machine.Root, "alone", "netctl"));
        CommandResult RunHidden() => _machine.Run("unshare", "--mount", "sh", "-c", Hidden, "sh", _machine.Root, lab);

        IsRefused(RunHidden(), "netctl: Vagrant is not installed, and virtual machines are reached by it: \"apt-get install vagrant");
        File.Delete(Path.Combine(_machine.Root, "Vagrantfile"));
        IsRefused(RunHidden(), "netctl: there is no Vagrantfile here or above: go to a clone of netctl");
    }

    private static void IsRefused(CommandResult result, string sentence)
    {
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(sentence, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    private string Write(string name, string word)
    {
        string folder = _machine.Write(name, Small.Replace("WORD", "yes", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        File.WriteAllText(Path.Combine(folder, "data", "word"), word);
        return folder;
    }

    private void Is(string state) => File.WriteAllLines(
        Path.Combine(_programs, "status"),
        from name in (string[])["host1", "host2"] select $"1,{name},state,{state}");

    private void WriteProgram(string name, string text)
    {
        string file = Path.Combine(_programs, name);
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
    }

    private CommandResult Run(params string[] arguments) => _machine.Run(
        "sh",
        [
            "-c", "cd \"$1\"; PATH=$1/programs:$2:$PATH; shift 2; exec \"$@\"", "sh",
            _machine.Root, Path.GetDirectoryName(LabMachine.Binary)!, LabMachine.Binary, "lab", "run", .. arguments,
        ]);
}
