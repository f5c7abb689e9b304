using System.Text;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>What a test of this project leaves on the machine, also when it fails: nothing.</summary>
public sealed class LeftoverTests
{
    [KernelFact]
    public void A_test_that_fails_after_it_killed_its_daemon_leaves_no_folder_mount_or_process()
    {
        string root = "";
        string marker = $"{Random.Shared.Next(100_000, 999_999)}.25";
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>((Action)(() =>
        {
            using TestHost host = TestHost.Create();
            root = host.Root;
            host.StartDaemon();
            host.NetctlOk("network", "create", "net");
            host.NetctlOk(
                "run", "-d", "--name", "web", "--network", "net", "-p", "8080:80", "sh", "-c", $"setsid sleep {marker} & sleep {marker}");
            TestHost.Eventually(
                "the container's command runs",
                () => CommandLines().Count(line => line.StartsWith($"sleep {marker}", StringComparison.Ordinal)) == 2);
            host.KillDaemon();
            throw new InvalidOperationException("a test that fails");
        }));

        Assert.Equal("a test that fails", failure.Message);
        Assert.False(Directory.Exists(root), $"{root} is still there");
        Assert.DoesNotContain(root, File.ReadAllText("/proc/self/mounts"), StringComparison.Ordinal);
        TestHost.Eventually("all its processes are gone", () =>
            !CommandLines().Any(line => line.Contains(root, StringComparison.Ordinal) || line.Contains(marker, StringComparison.Ordinal)));
    }

    /// <summary>Of every process on the machine, its words with a space between them.</summary>
    private static IEnumerable<string> CommandLines()
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc").Where(f => char.IsAsciiDigit(Path.GetFileName(f)[0])))
        {
            string line;
            try
            {
                line = Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder, "cmdline"))).Replace('\0', ' ');
            }
            catch (IOException)
            {
                continue; // It has ended meanwhile.
            }

            yield return line;
        }
    }
}
