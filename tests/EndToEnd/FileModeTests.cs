using System.Text.RegularExpressions;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Whom the daemon's files, folders and sockets are open to, whatever mask it was started with.</summary>
public sealed partial class FileModeTests
{
    [KernelFact]
    public void With_a_mask_that_forbids_nothing_every_file_folder_and_socket_has_the_mode_that_it_needs() => AssertModes("000");

    [KernelFact]
    public void With_a_mask_that_forbids_others_everything_every_file_folder_and_socket_has_the_mode_that_it_needs() => AssertModes("077");

    [KernelFact]
    public void Folders_and_files_that_others_may_read_or_write_are_closed_at_the_start()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "front", "-e", "TOKEN=sesame-open", "sleep", "1000");
        Assert.NotEqual("", host.Shell($"grep -rl sesame-open {host.ExecRoot}/shims"));
        foreach (string opened in (string[])["a+rX run/shims", "a+rX data run", "a+rwX data run"])
        {
            host.StopDaemon();
            host.Shell($"cd {host.Root} && chmod -R {opened} || true"); // the kernel refuses it for the files of namespaces
            host.StartDaemon();

            // What lies beside the files of containers, in a folder that is root's alone, is not told from them.
            Assert.All(
                EntriesOf(host).Where(static entry => !entry.EndsWith("/resolv.conf.written f 644", StringComparison.Ordinal)),
                static entry => Assert.True(IsRight(entry), entry));
        }

        host.NetctlOk("exec", "web", "setpriv", "--reuid", "65534", "--clear-groups", "cat", "/etc/hosts", "/etc/resolv.conf");
    }

    [KernelFact]
    public void A_data_root_that_is_the_home_of_other_things_is_refused_when_others_may_write_there()
    {
        using TestHost host = TestHost.Create();
        host.Shell($"mkdir -m 1777 {host.Root}/data; touch {host.Root}/data/letter");
        Output refused = host.RunDaemonToItsEnd();
        Assert.Equal(1, refused.ExitCode);
        Assert.Equal(
            $"netctl daemon: {host.Root}/data may be written by other users and holds other things (letter); give the daemon a folder of "
                + "its own with --data-root, or chmod go-w that one\n",
            refused.StandardError);
        Assert.Equal("1777", host.Shell($"stat -c %a {host.Root}/data"));
    }

    [KernelFact]
    public void The_environment_of_a_removed_container_is_in_no_file_of_the_daemon()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string find = $"grep -rl sesame-open {host.Root}/data {host.ExecRoot} || true";
        host.NetctlOk("run", "-d", "--name", "web", "-e", "TOKEN=sesame-open", "sleep", "1000");
        Assert.NotEqual("", host.Shell(find));
        host.NetctlOk("rm", "-f", "web");
        Assert.Equal("", host.Shell(find));
    }

    private static void AssertModes(string mask)
    {
        using TestHost host = TestHost.Create();
        host.FileMask = mask;
        var socketModes = new SortedSet<string>(StringComparer.Ordinal);
        using var watched = new CancellationTokenSource();
        var watch = new Thread(() => CollectModes(host.Socket, socketModes, watched.Token)) { IsBackground = true };
        watch.Start();
        host.StartDaemon();
        watched.Cancel();
        watch.Join();
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "front", "-p", "8080:80", "-e", "KEY=secret", "sleep", "1000");
        host.NetctlOk("create", "--name", "box");
        host.NetctlOk("exec", "web", "true");

        string[] entries = EntriesOf(host);
        Assert.All(entries, entry => Assert.True(IsRight(entry), entry));
        foreach (string kind in (string[])["data/netctl.db-wal f ", "run/containers/ID/hosts f ", "run/netns/ID f ", "run/netctl.sock s "])
        {
            Assert.Contains(entries, entry => Id().Replace(entry, "ID").StartsWith(kind, StringComparison.Ordinal));
        }

        Assert.Subset(new HashSet<string> { "700", "660" }, socketModes);
        Assert.Equal("600", host.Shell("stat -c %a /run/netctl/locks/*").Split('\n').Distinct().Single());
        Assert.Equal("711\n700", host.Shell("stat -c %a /run/netctl /run/netctl/locks"));

        // The command's own mask is the usual one, and it can read its files as any user.
        Assert.Equal("0022", host.NetctlOk("exec", "web", "sh", "-c", "umask"));
        host.NetctlOk("exec", "web", "setpriv", "--reuid", "65534", "--clear-groups", "cat", "/etc/hosts", "/etc/resolv.conf");
    }

    /// <summary>Path, kind and mode of everything in the daemon's folders.</summary>
    private static string[] EntriesOf(TestHost host) => host.Shell($"cd {host.Root} && find data run -printf '%p %y %m\\n'").Split('\n');

    /// <summary>Whether a line of find, with path, kind and mode, is as it should be: what is not named is its owner's alone.</summary>
    private static bool IsRight(string entry)
    {
        string[] parts = Id().Replace(entry, "ID").Split(' ');
        return parts[2] == (parts[0], parts[1]) switch
        {
            ("run", "d") => "711",
            (_, "d") => "700",
            ("run/netctl.sock", "s") => "660",
            ("run/containers/ID/hosts" or "run/containers/ID/resolv.conf" or "run/containers/ID/hostname", "f") => "644",
            ("run/shims/ID/netns", "l") => "777", // every symbolic link has it; the folder is its owner's alone
            ("run/netns/ID", "f") => "444", // the kernel's, of the namespace that is mounted there
            _ => "600",
        };
    }

    /// <summary>Notes every mode that a file shows from the moment on at which it is there.</summary>
    private static void CollectModes(string path, SortedSet<string> seen, CancellationToken end)
    {
        while (!end.WaitHandle.WaitOne(1))
        {
            try
            {
                seen.Add(Convert.ToString((int)File.GetUnixFileMode(path), 8));
            }
            catch (IOException)
            {
                // It is not there yet.
            }
        }
    }

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Id();
}
