namespace Net.Cli.Manuals;

/// <summary>A page of the manual: a value that is written as roff for man(1), or as Markdown.</summary>
/// <param name="Name">Its name, such as <c>netctl-network-create</c>.</param>
/// <param name="Number">Its section: 1 a command, 5 a file, 8 a program of the administrator's (man-pages(7)).</param>
/// <param name="Summary">One line that says what it is about.</param>
/// <param name="Sections">What follows the name, in order.</param>
internal sealed record ManualPage(string Name, int Number, string Summary, IReadOnlyList<ManualSection> Sections)
{
    /// <summary>Further names under which the page is found.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}

/// <summary>A section of a page.</summary>
/// <param name="Title">Its title, such as Options.</param>
/// <param name="Blocks">What it consists of, in order.</param>
internal sealed record ManualSection(string Title, IReadOnlyList<ManualBlock> Blocks);

/// <summary>A part of a section. In texts, what stands between grave accents is code.</summary>
internal abstract record ManualBlock
{
    /// <summary>A paragraph.</summary>
    internal sealed record Paragraph(string Text) : ManualBlock;

    /// <summary>Terms, each with what it stands for.</summary>
    internal sealed record Terms(IReadOnlyList<(string Term, string Text)> Entries) : ManualBlock;

    /// <summary>Lines as they are typed or written in a file.</summary>
    internal sealed record Lines(IReadOnlyList<string> Texts) : ManualBlock;
}
