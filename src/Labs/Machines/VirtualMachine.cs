using Net.Labs.Lessons.Models;
using Net.Labs.Programs;

namespace Net.Labs.Machines;

/// <summary>A virtual machine of the Vagrantfile, in which labs are run.</summary>
/// <remarks>It has its own kernel, netctl and programs; the labs' folders are sent to it.</remarks>
public sealed class VirtualMachine
{
    /// <summary>The machine that is meant when none is named.</summary>
    public const string DefaultName = "host1";

    private const int NoConnection = 255; // of ssh(1)
    private const string FileName = "Vagrantfile";
    private const string StateField = "state";

    // The folders come as a tar archive by standard input. A lab that is kept up keeps its folder.
    private const string Play =
        """
        command -v netctl >/dev/null || { echo "netctl: netctl is not installed in the machine: run \"vagrant provision\"" >&2; exit 1; }
        folder=$(mktemp -d /var/tmp/netctl-labs.XXXXXX) && tar -x -C "$folder" -f - && cd "$folder" || exit 1
        netctl lab run "$@" </dev/null
        status=$?
        cd / && if [ "$1" != --keep ] || [ $status -eq 0 ]; then rm -rf "$folder"; fi
        exit $status
        """;

    private readonly string _name;
    private readonly VagrantRun _vagrant;

    private VirtualMachine(string name, VagrantRun vagrant) => (_name, _vagrant) = (name, vagrant);

    /// <summary>Finds a machine that is up.</summary>
    /// <exception cref="FormatException">There is no Vagrantfile, Vagrant is not installed, or the machine is not up.</exception>
    public static async Task<VirtualMachine> FindAsync(string name, CancellationToken cancellationToken)
    {
        string folder = Above(Environment.CurrentDirectory) ?? Above(AppContext.BaseDirectory) ?? throw new FormatException(
            $"there is no {FileName} here or above: go to a clone of netctl, whose virtual machines they are");
        var vagrant = new VagrantRun(folder);
        Seen seen = await vagrant.AskAsync(["status", "--machine-readable", name], cancellationToken);
        string? state = StateIn(seen.Output, name);
        return state == "running" ? new VirtualMachine(name, vagrant) : throw new FormatException(
            state is null
                ? $"Vagrant knows no machine \"{name}\" in {folder} ({Reason(seen.Output)}): \"vagrant status\" lists them"
                : $"the machine {name} is not up ({state}): bring it up with \"vagrant up {name}\" in {folder}");
    }

    /// <summary>Goes through labs in the machine, whose report appears on this process's output.</summary>
    /// <param name="folders">The labs' folders.</param>
    /// <param name="keeps">Whether a lab stays up there when a step fails.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code of <c>netctl lab run</c> there.</returns>
    /// <exception cref="FormatException">A file cannot be sent, or the machine is not reached.</exception>
    public async Task<int> PlayAsync(IReadOnlyList<string> folders, bool keeps, CancellationToken cancellationToken)
    {
        var archive = new LabArchive(folders);
        IEnumerable<string> arguments = archive.Names.Select(name => "./" + name);
        string command = string.Join(
            ' ', ((string[])["sudo", "sh", "-c", Play, "sh"]).Concat(keeps ? ["--keep"] : []).Concat(arguments).Select(Quoted));

        // It is complete before the machine is entered: what cannot be sent is said first, and what is sent then does not fail here.
        await using FileStream packed = new(
            Path.Combine(Path.GetTempPath(), $"netctl-labs.{Guid.NewGuid():N}.tar"),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        await archive.WriteAsync(packed);
        packed.Position = 0;
        int exitCode = await _vagrant.ShowAsync(["ssh", _name, "--no-tty", "--command", command], packed, cancellationToken);
        return exitCode != NoConnection ? exitCode : throw new FormatException(
            $"the machine {_name} cannot be reached by ssh: look with \"vagrant ssh {_name}\", "
                + $"or restart it with \"vagrant reload {_name}\"");
    }

    /// <summary>The state of a machine in the lines of <c>vagrant status --machine-readable</c>; null when it is not among them.</summary>
    internal static string? StateIn(string lines, string name) => lines.Split('\n')
        .Select(line => line.Split(','))
        .Where(fields => fields.Length > 3 && fields[1] == name && fields[2] == StateField)
        .Select(fields => fields[3].Trim())
        .FirstOrDefault();

    // An error is a line TIME,,error-exit,KIND,SENTENCE in which commas and line ends are written otherwise.
    private static string Reason(string lines)
    {
        string error = lines.Split('\n').FirstOrDefault(line => line.Contains(",error-exit,", StringComparison.Ordinal)) ?? lines;
        return error[(error.LastIndexOf(',') + 1)..].Replace("%!(VAGRANT_COMMA)", ",", StringComparison.Ordinal)
            .Split("\\n")[0].Split('\n')[0].Trim().TrimEnd('.', '!');
    }

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string? Above(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, FileName)))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
