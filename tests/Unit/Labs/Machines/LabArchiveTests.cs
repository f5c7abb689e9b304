using System.Formats.Tar;
using Net.Labs.Machines;

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

    private string Lab(string path)
    {
        string folder = Path.Combine(_root, path);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "lab.yml"), "");
        return folder;
    }
}
