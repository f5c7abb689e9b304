using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Steps;
using Net.Linux;

namespace Net.Kernel.Files;

/// <summary>Files that sandboxes see under /etc. They are written in place: a bind mount shows the inode, so a new file of the same name
/// would not be seen.</summary>
internal sealed class FileKind(KernelPaths paths) : ObjectKind<SandboxFile>
{
    private const string Leftover = "file";

    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(SandboxFile desired) =>
    [
        new ActionStep(ApplyPhase.Files, desired, () => $"# the daemon writes {desired.Path}") { Do = _ => Write(desired) },
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Replace(SandboxFile from, SandboxFile to) => from.Content == to.Content ? [] : Add(to);

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(SandboxFile desired, RemovalScope scope) =>
    [
        new ActionStep(ApplyPhase.Files, desired, () => $"# the daemon removes {desired.Path}")
        {
            Do = _ =>
            {
                Remove(desired.Path);
                return null;
            },
        },
    ];

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<SandboxFile> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        foreach (SandboxFile file in desired)
        {
            if (!File.Exists(file.Path))
            {
                difference.Missing(file);
            }
            else if (File.ReadAllText(file.Path) != file.Content && !(file.KeepsEdits && EditMark.IsEdited(file.Path)))
            {
                difference.Different(file, ["its text is another"]);
            }
        }

        if (!Directory.Exists(paths.SandboxDirectory))
        {
            return;
        }

        HashSet<string> wanted = [.. desired.Select(file => file.Path)];
        foreach (string directory in Directory.EnumerateDirectories(paths.SandboxDirectory))
        {
            string[] files = Directory.GetFiles(directory);
            foreach (string file in files.Length > 0 ? files : [Path.Combine(directory, "hosts")])
            {
                string told = EditMark.FileOf(file) ?? file; // a mark comes and goes with its file
                if (!wanted.Contains(told) && (told == file || !File.Exists(told)))
                {
                    var owner = new OwnerId(OwnerKind.Sandbox, Path.GetFileName(directory));
                    difference.Leftover(new ObjectLeftover(Leftover, file, new SandboxFile { Owner = owner, Path = file, Content = "" }));
                }
            }
        }
    }

    private static Action? Write(SandboxFile desired)
    {
        if (desired.KeepsEdits && EditMark.IsEdited(desired.Path))
        {
            return null;
        }

        Directory.CreateDirectory(
            Path.GetDirectoryName(desired.Path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string? before = File.Exists(desired.Path) ? File.ReadAllText(desired.Path) : null;
        try
        {
            Write(desired, desired.Content, before);
        }
        catch (IOException)
        {
            TryRestore(desired, before);
            throw;
        }

        return before is null ? () => Remove(desired.Path) : () => Write(desired, before, desired.Content);
    }

    // On a full disk the file was made, or cut off, before the writing failed. What was there before fits where it was.
    private static void TryRestore(SandboxFile desired, string? before)
    {
        try
        {
            if (before is null)
            {
                Remove(desired.Path);
            }
            else
            {
                Write(desired, before, desired.Content);
            }
        }
        catch (IOException)
        {
            // The next mending writes it.
        }
    }

    private static void Write(SandboxFile desired, string next, string? before)
    {
        if (desired.KeepsEdits)
        {
            EditMark.Note(desired.Path, next, before);
        }

        TextFile.Write(desired.Path, next);
    }

    // A sandbox's directory is removed together with its last file.
    private static void Remove(string path)
    {
        File.Delete(path);
        EditMark.Remove(path);
        string directory = Path.GetDirectoryName(path)!;
        if (!Directory.EnumerateFileSystemEntries(directory).Any())
        {
            Directory.Delete(directory);
        }
    }
}
