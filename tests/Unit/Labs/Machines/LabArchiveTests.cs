using System.Formats.Tar;
using System.Net.Sockets;
using Net.Labs.Machines;
using Net.Tests.TestKit;

namespace Net.Tests.Unit.Labs.Machines;

/// <summary>Labs are sent to a virtual machine as one archive.</summary>
public sealed class LabArchiveTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("netctl-archive-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Each_lab_is_a_folder_with_all_its_files_and_their_modes()
    {
        string first = Lab("a/01-first");
        string second = Lab("b/second");
        Directory.CreateDirectory(Path.Combine(second, "data"));
        File.WriteAllText(Path.Combine(second, "data", "run.sh"), "exit 3");
        File.SetUnixFileMode(Path.Combine(second, "data", "run.sh"), (UnixFileMode)0b111_101_101);

        var archive = new LabArchive([first, second, first]);
        Assert.Equal(["01-first", "second", "01-first"], archive.Names);
        using var stream = new MemoryStream();
        await archive.WriteAsync(stream);
        stream.Position = 0;
        string to = Path.Combine(_root, "to");
        Directory.CreateDirectory(to);
        await TarFile.ExtractToDirectoryAsync(stream, to, overwriteFiles: false, TestContext.Current.CancellationToken);
        Assert.Equal(
            ["01-first/lab.yml", "second/data/run.sh", "second/lab.yml"],
            Directory.EnumerateFiles(to, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(to, file)).Order(StringComparer.Ordinal));
        Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(Path.Combine(to, "second", "data", "run.sh")));
    }

    // GNU tar, which unpacks it in the machine, is the witness.
    [Fact]
    public async Task Links_are_links_and_never_followed()
    {
        string lab = Lab("real/lab");
        Directory.CreateDirectory(Path.Combine(lab, "data"));
        File.CreateSymbolicLink(Path.Combine(lab, "data", "file"), "../lab.yml");
        Directory.CreateSymbolicLink(Path.Combine(lab, "self"), ".");
        Directory.CreateSymbolicLink(Path.Combine(lab, "out"), Lab("other"));
        File.CreateSymbolicLink(Path.Combine(lab, "nowhere"), "gone");
        Command.Run("mkfifo", Path.Combine(lab, "pipe"));
        string packed = await PackAsync(new LabArchive([lab]));

        Assert.Equal(
            ["lab", "lab/data", "lab/data/file", "lab/lab.yml", "lab/nowhere", "lab/out", "lab/pipe", "lab/self"],
            Command.Run("tar", "-tf", packed).TrimEnd('\n').Split('\n').Order(StringComparer.Ordinal));
        string to = Unpack(packed);
        Assert.Equal(".", new FileInfo(Path.Combine(to, "lab", "self")).LinkTarget);
        Assert.Equal("../lab.yml", new FileInfo(Path.Combine(to, "lab", "data", "file")).LinkTarget);
        Assert.Equal("", Command.Run("diff", "-r", "--no-dereference", Path.Combine(lab, "data"), Path.Combine(to, "lab", "data")));
    }

    [Fact]
    public async Task A_lab_that_is_named_by_a_link_is_the_folder_behind_it()
    {
        string link = Path.Combine(_root, "link");
        Directory.CreateSymbolicLink(link, Lab("real/lab"));
        string packed = await PackAsync(new LabArchive([link]));

        Assert.Equal(["link", "link/lab.yml"], Command.Run("tar", "-tf", packed).TrimEnd('\n').Split('\n'));
        Assert.StartsWith("d", Command.Run("tar", "-tvf", packed, "link"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_archive_carries_is_named()
    {
        string lab = Lab("lab");
        string file = Path.Combine(lab, "netctl.sock");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(file));

        FormatException error = await Assert.ThrowsAsync<FormatException>(() => PackAsync(new LabArchive([lab])));
        Assert.StartsWith($"{file} cannot be sent to a virtual machine (", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("): remove it, or move it out of the lab's folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_labs_of_one_name_are_refused()
    {
        FormatException error = Assert.Throws<FormatException>(() => new LabArchive([Lab("a/lab"), Lab("b/lab")]));
        Assert.StartsWith($"two labs are called lab, {_root}/a/lab and {_root}/b/lab:", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,host1,metadata,provider,libvirt\n1,host1,state,running\n", "running")]
    [InlineData("1,host2,state,running\n1,host1,state,not_created\r\n", "not_created")]
    [InlineData("1,,error-exit,MachineNotFound,No machine.\n", null)]
    public void The_state_of_a_machine_is_that_of_its_own_line(string lines, string? state) =>
        Assert.Equal(state, VirtualMachine.StateIn(lines, "host1"));

    private async Task<string> PackAsync(LabArchive archive)
    {
        string packed = Path.Combine(_root, "packed.tar");
        await using FileStream stream = File.Create(packed);
        await archive.WriteAsync(stream);
        return packed;
    }

    private string Unpack(string packed)
    {
        string to = Path.Combine(_root, "to");
        Directory.CreateDirectory(to);
        Command.Run("tar", "-x", "-C", to, "-f", packed);
        return to;
    }

    private string Lab(string path)
    {
        string folder = Path.Combine(_root, path);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "lab.yml"), "");
        return folder;
    }
}
