namespace Net.Labs.Pictures.Svg;

/// <summary>A rectangle, in pixels from the upper left corner of the drawing.</summary>
internal readonly record struct SvgArea(int X, int Y, int Width, int Height)
{
    public int Right => X + Width;

    public int Bottom => Y + Height;
}
